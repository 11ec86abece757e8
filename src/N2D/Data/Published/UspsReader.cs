using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads the USPS digits, 16x16, unscaled: the training rows, then the test rows (Hull, 1994). The source is either the text files of RWTH
/// Aachen, 0 to 2, or the HDF5 file of the N2D study, 0 to 1.
/// </summary>
internal static class UspsReader
{
    /// <summary>The names of the text files.</summary>
    public const string TrainingText = "usps_train.jf", TestText = "usps_test.jf";

    /// <summary>The name of the HDF5 file.</summary>
    public const string Arrays = "usps.h5";

    private const int ArrayClassCount = 10;

    private static readonly ImageShape Shape = new(16, 16);

    /// <summary>Reads the files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="execution">Cancellation and progress.</param>
    /// <exception cref="N2DException">
    /// A file is damaged (<c>JfHeader</c>, <c>JfTruncated</c>, <c>RaggedRow</c>, <c>NotANumber</c>, <c>LabelOutOfRange</c>).
    /// </exception>
    public static Dataset Read(PublishedFiles files, Execution execution) =>
        files.Contains(Arrays) ? ReadArrays(files) : ReadText(files, execution);

    private static Dataset ReadText(PublishedFiles files, Execution execution)
    {
        var (values, codes, dimension, classCount) = (new List<float>(), new List<int>(), 0, 0);
        foreach (var name in (string[])[TrainingText, TestText])
        {
            (classCount, dimension) = InputFile.Read(files[name], file => ReadText(file, dimension, values, codes, execution));
        }

        return ToDataset([.. values], dimension, new Labels([.. codes], NamesOf(classCount)), files.Source);
    }

    /// <summary>
    /// Reads a text file: a line with the numbers of classes and pixels, a line for each image that begins with its class, and a last line
    /// <c>-1</c>.
    /// </summary>
    private static (int ClassCount, int Dimension) ReadText(
        InputFile file, int expected, List<float> values, List<int> codes, Execution execution)
    {
        var lines = new SpacedRows(file, execution.CancellationToken);
        var (classCount, dimension) = ReadHeader(file, lines);
        if (expected > 0 && dimension != expected)
        {
            throw file.Invalid(
                "RaggedRow",
                $" has images of {dimension} pixels, but those of the previous file have {expected}: they are from different data sets.");
        }

        var line = new float[1 + dimension];
        for (var count = 0; lines.Read(); count++)
        {
            if (lines.Is("-1"u8))
            {
                return count > 0 ? (classCount, dimension) : throw file.Invalid("NoRows", $" holds no images.");
            }

            lines.Parse(line);
            if (line[0] < 0 || line[0] >= classCount || line[0] != MathF.Floor(line[0]))
            {
                throw file.Invalid(
                    "LabelOutOfRange", $", line {lines.LineNumber}: class {line[0]} is not in the range 0 to {classCount - 1}.");
            }

            codes.Add((int)line[0]);
            line.AsSpan(1).CopyTo(lines.Append(values, dimension));
            lines.Report(count, execution);
        }

        throw file.Invalid("JfTruncated", $" is truncated: its last line must be -1. Download or copy it again.");
    }

    /// <summary>Reads the HDF5 file: <c>data</c> and <c>target</c> of the groups <c>train</c> and <c>test</c>.</summary>
    private static Dataset ReadArrays(PublishedFiles files) => Hdf5Arrays.Read(files[Arrays], arrays =>
    {
        var (values, codes, dimension) = (new List<float>(), new List<int>(), 0);
        foreach (var part in (string[])["train", "test"])
        {
            var (rows, columnCount, _) = arrays.ReadRows($"{part}/data", marks: null, freeBytes: null, Execution.Default);
            if (dimension > 0 && columnCount != dimension)
            {
                throw arrays.Invalid(
                    "RaggedRow",
                    $", '{part}/data' has {columnCount} pixels per image, but 'train/data' has {dimension}: they are from different data "
                        + $"sets.");
            }

            dimension = columnCount;
            codes.AddRange(arrays.ReadLabels($"{part}/target", rows.Length / dimension));
            values.AddRange(rows);
        }

        if (codes.Exists(code => code is < 0 or >= ArrayClassCount))
        {
            var other = codes.Find(code => code is < 0 or >= ArrayClassCount);
            throw arrays.Invalid("LabelOutOfRange", $": class {other} is not in the range 0 to {ArrayClassCount - 1}.");
        }

        return ToDataset([.. values], dimension, new Labels([.. codes], NamesOf(ArrayClassCount)), files.Source);
    });

    private static (int ClassCount, int Dimension) ReadHeader(InputFile file, SpacedRows lines)
    {
        const int MaxClasses = 1000;
        const int MaxPixels = 1 << 20;
        var header = new float[2];
        if (!lines.Read() || lines.Count() != header.Length)
        {
            throw NoHeader(file);
        }

        lines.Parse(header);
        return header[0] is >= 1 and <= MaxClasses && header[1] is >= 1 and <= MaxPixels && header.All(float.IsInteger)
            ? ((int)header[0], (int)header[1])
            : throw NoHeader(file);
    }

    private static N2DException NoHeader(InputFile file) => file.Invalid(
        "JfHeader", $" does not begin with the numbers of classes and pixels, such as '10 256': it is not the published file.");

    private static string[] NamesOf(int classCount) =>
        [.. Enumerable.Range(0, classCount).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    private static Dataset ToDataset(float[] values, int dimension, Labels labels, string source) =>
        new("Usps", Matrix.Own(values, dimension), labels, imageShape: dimension == Shape.Height * Shape.Width
            ? Shape
            : null, source: source);
}
