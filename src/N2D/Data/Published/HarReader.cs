using System.Globalization;
using System.Text;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads "Human Activity Recognition Using Smartphones" from the files of the UCI repository: the training windows, then the test windows,
/// each with 561 features of -1 to 1, unscaled (Anguita, Ghio, Oneto, Parra and Reyes-Ortiz, 2013).
/// </summary>
internal static class HarReader
{
    /// <summary>The names of the files, with their folders.</summary>
    public const string TrainingRows = "train/X_train.txt", TrainingLabels = "train/y_train.txt", TestRows = "test/X_test.txt",
        TestLabels = "test/y_test.txt", ActivityNames = "activity_labels.txt", TrainingSubjects = "train/subject_train.txt",
        TestSubjects = "test/subject_test.txt";

    private const string FeatureNames = "features.txt";

    /// <summary>Reads the files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="execution">Cancellation and progress.</param>
    /// <exception cref="N2DException">
    /// A file is damaged, or does not match the others (<c>LabelCountMismatch</c>, <c>LabelOutOfRange</c>, <c>RaggedRow</c>).
    /// </exception>
    public static Dataset Read(PublishedFiles files, Execution execution)
    {
        // The small files are read first, because errors in them make reading the large ones pointless.
        var activities = InputFile.Read(files[ActivityNames], file => ReadActivities(file, execution.CancellationToken));
        var trainingCodes = InputFile.Read(files[TrainingLabels], file => ReadCodes(file, activities, execution));
        var testCodes = InputFile.Read(files[TestLabels], file => ReadCodes(file, activities, execution));

        var values = new List<float>();
        var clock = new StageClock(execution);
        var dimension = clock.Time("training rows", 0, 0.7, part => ReadRows(files[TrainingRows], 0, values, trainingCodes, part));
        clock.Time("test rows", 0.7, 1, part => ReadRows(files[TestRows], dimension, values, testCodes, part));
        var names = files.FindOptional(FeatureNames) is { } location
            ? InputFile.Read(location, file => ReadFeatureNames(file, execution.CancellationToken))
            : null;
        return new Dataset(
            "Har",
            Matrix.Own([.. values], dimension),
            new Labels([.. trainingCodes, .. testCodes], [.. activities.Values]),
            names?.Length == dimension ? names : null,
            source: files.Source);
    }

    /// <summary>Reads the number of the person of each row.</summary>
    /// <param name="locations">The files with the persons of the training and the test rows.</param>
    /// <param name="execution">Cancellation.</param>
    public static string[] ReadSubjects(IReadOnlyList<FileLocation> locations, Execution execution)
    {
        var numbers = new List<float>();
        var quiet = new Execution { CancellationToken = execution.CancellationToken };
        foreach (var location in locations)
        {
            InputFile.Read(location, file => new SpacedRows(file, execution.CancellationToken).ReadAll(1, numbers, quiet));
        }

        return [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Reads a line for each activity: its number and its name.</summary>
    private static SortedDictionary<int, string> ReadActivities(InputFile file, CancellationToken cancellation)
    {
        var (activities, lines) = (new SortedDictionary<int, string>(), new ByteLines(file, cancellation));
        while (lines.Read())
        {
            const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
            var parts = Encoding.UTF8.GetString(lines.Line).Trim().Split([' ', '\t'], 2, Options);
            if (parts.Length < 2
                || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var number)
                || !activities.TryAdd(number, parts[1]))
            {
                throw file.Invalid(
                    "ActivityNames", $", line {lines.Number}: expected a unique number and the name of an activity, such as '1 WALKING'.");
            }
        }

        return activities.Count > 0 ? activities : throw file.Invalid("ActivityNames", $" names no activity.");
    }

    private static int[] ReadCodes(InputFile file, SortedDictionary<int, string> activities, Execution execution)
    {
        var numbers = new List<float>();
        var quiet = new Execution { CancellationToken = execution.CancellationToken };
        new SpacedRows(file, execution.CancellationToken).ReadAll(1, numbers, quiet);
        int[] known = [.. activities.Keys];
        var codes = new int[numbers.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = Array.FindIndex(known, number => number == numbers[row]);
            if (codes[row] < 0)
            {
                throw file.Invalid(
                    "LabelOutOfRange", $", row {row + 1}: activity {numbers[row]} is not in {ActivityNames}: {string.Join(", ", known)}.");
            }
        }

        return codes;
    }

    private static int ReadRows(FileLocation location, int dimension, List<float> values, int[] codes, Execution execution) =>
        InputFile.Read(location, file =>
    {
        var (columnCount, rowCount) = new SpacedRows(file, execution.CancellationToken).ReadAll(dimension, values, execution);
        return rowCount == codes.Length
            ? columnCount
            : throw file.Invalid(
                "LabelCountMismatch",
                $" has {rowCount} rows, but its label file has {codes.Length}. The files do not belong together, or one is truncated.");
    });

    /// <summary>
    /// Reads a line for each feature: its number and its name. The number stays in the name, because some names occur three times.
    /// </summary>
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
