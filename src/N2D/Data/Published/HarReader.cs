using System.Globalization;
using System.Text;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads "Human Activity Recognition Using Smartphones" from the files of the UCI repository: the training windows, then the test windows, 561 features each
/// as they are, -1 to 1. (Anguita, Ghio, Oneto, Parra and Reyes-Ortiz, 2013.)
/// </summary>
internal static class HarReader
{
    /// <summary>The files, in their folders.</summary>
    public const string TrainingRows = "train/X_train.txt", TrainingLabels = "train/y_train.txt", TestRows = "test/X_test.txt", TestLabels = "test/y_test.txt", ActivityNames = "activity_labels.txt";

    private const string FeatureNames = "features.txt";

    /// <summary>Reads the files.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="execution">Cancellation and progress.</param>
    /// <exception cref="N2DException">A file is damaged, or does not fit the others (<c>LabelCountMismatch</c>, <c>LabelOutOfRange</c>, <c>RaggedRow</c>).</exception>
    public static Dataset Read(PublishedFiles files, Execution execution)
    {
        // What is small comes first, and says whether the rest is worth the reading.
        var activities = InputFile.Read(files[ActivityNames], file => ReadActivities(file, execution.CancellationToken));
        var trainingCodes = InputFile.Read(files[TrainingLabels], file => ReadCodes(file, activities, execution));
        var testCodes = InputFile.Read(files[TestLabels], file => ReadCodes(file, activities, execution));

        var values = new List<float>();
        var clock = new StageClock(execution);
        var dimension = clock.Time("training rows", 0, 0.7, part => ReadRows(files[TrainingRows], 0, values, trainingCodes, part));
        clock.Time("test rows", 0.7, 1, part => ReadRows(files[TestRows], dimension, values, testCodes, part));
        var names = files.FindOptional(FeatureNames) is { } location ? InputFile.Read(location, file => ReadFeatureNames(file, execution.CancellationToken)) : null;
        return new Dataset(
            "Har",
            Matrix.Own([.. values], dimension),
            new Labels([.. trainingCodes, .. testCodes], [.. activities.Values]),
            names?.Length == dimension ? names : null,
            source: files.Source);
    }

    /// <summary>A line an activity: its number, and its name.</summary>
    private static SortedDictionary<int, string> ReadActivities(InputFile file, CancellationToken cancellation)
    {
        var (activities, lines) = (new SortedDictionary<int, string>(), new ByteLines(file, cancellation));
        while (lines.Read())
        {
            var parts = Encoding.UTF8.GetString(lines.Line).Trim().Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var number) || !activities.TryAdd(number, parts[1]))
            {
                throw file.Invalid("ActivityNames", $", line {lines.Number}: a number that is not there twice, and the name of an activity, are expected, such as '1 WALKING'.");
            }
        }

        return activities.Count > 0 ? activities : throw file.Invalid("ActivityNames", $" names no activity.");
    }

    private static int[] ReadCodes(InputFile file, SortedDictionary<int, string> activities, Execution execution)
    {
        var numbers = new List<float>();
        new SpacedRows(file, execution.CancellationToken).ReadAll(1, numbers, new Execution { CancellationToken = execution.CancellationToken });
        int[] known = [.. activities.Keys];
        var codes = new int[numbers.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = Array.FindIndex(known, number => number == numbers[row]);
            if (codes[row] < 0)
            {
                throw file.Invalid("LabelOutOfRange", $", row {row + 1}: activity {numbers[row]} is not one of {ActivityNames}, {string.Join(", ", known)}.");
            }
        }

        return codes;
    }

    private static int ReadRows(FileLocation location, int dimension, List<float> values, int[] codes, Execution execution) => InputFile.Read(location, file =>
    {
        var (columnCount, rowCount) = new SpacedRows(file, execution.CancellationToken).ReadAll(dimension, values, execution);
        return rowCount == codes.Length
            ? columnCount
            : throw file.Invalid("LabelCountMismatch", $" has {rowCount} rows, but {codes.Length} labels are beside it. The files are not of the same data set, or one is cut short.");
    });

    /// <summary>A line a feature: its number, and its name. Some names stand there three times, so that the number is kept.</summary>
    private static string[] ReadFeatureNames(InputFile file, CancellationToken cancellation)
    {
        var (names, lines) = (new List<string>(), new ByteLines(file, cancellation));
        while (lines.Read())
        {
            names.Add(Encoding.UTF8.GetString(lines.Line).Trim());
        }

        return [.. names];
    }
}
