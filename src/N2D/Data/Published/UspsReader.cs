using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads the USPS digits, 16x16, as they are: the training rows, then the test rows. (Hull, 1994; text files of RWTH Aachen, 0 to 2, or the HDF5 file that
/// the N2D study reads, 0 to 1.)
/// </summary>
internal static class UspsReader
{
    /// <summary>The text files.</summary>
    public const string TrainingText = "usps_train.jf", TestText = "usps_test.jf";

    /// <summary>The HDF5 file.</summary>
    public const string Arrays = "usps.h5";

    private const int ArrayClassCount = 10;

    private static readonly ImageShape Shape = new(16, 16);

    /// <summary>Reads the files.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="execution">Cancellation and progress.</param>
    /// <exception cref="N2DException">A file is damaged (<c>JfHeader</c>, <c>JfTruncated</c>, <c>RaggedRow</c>, <c>NotANumber</c>, <c>LabelOutOfRange</c>).</exception>
    public static Dataset Read(PublishedFiles files, Execution execution) => files.Contains(Arrays) ? ReadArrays(files) : ReadText(files, execution);

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
    /// A text file: the numbers of classes and of pixels, a line an image with its class first, and at the end <c>-1</c>.
    /// </summary>
    private static (int ClassCount, int Dimension) ReadText(InputFile file, int expected, List<float> values, List<int> codes, Execution execution)
    {
        var lines = new SpacedRows(file, execution.CancellationToken);
        var (classCount, dimension) = ReadHeader(file, lines);
        if (expected > 0 && dimension != expected)
        {
            throw file.Invalid("RaggedRow", $" has images of {dimension} pixels, the file before it of {expected}: they are not of the same data set.");
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
                throw file.Invalid("LabelOutOfRange", $", line {lines.LineNumber}: class {line[0]} is not one of 0 to {classCount - 1}.");
            }

            codes.Add((int)line[0]);
            line.AsSpan(1).CopyTo(lines.Append(values, dimension));
            lines.Report(count, execution);
        }

        throw file.Invalid("JfTruncated", $" is cut short: its last line is to be -1. Download or copy it again.");
    }

    /// <summary>The HDF5 file: <c>data</c> and <c>target</c> of the groups <c>train</c> and <c>test</c>.</summary>
    private static Dataset ReadArrays(PublishedFiles files) => Hdf5Arrays.Read(files[Arrays], arrays =>
    {
        var (values, codes, dimension) = (new List<float>(), new List<int>(), 0);
        foreach (var part in (string[])["train", "test"])
        {
            var (rows, columnCount, _) = arrays.ReadRows($"{part}/data", marks: null, freeBytes: null, Execution.Default);
            if (dimension > 0 && columnCount != dimension)
            {
                throw arrays.Invalid("RaggedRow", $", '{part}/data': images of {columnCount} pixels, before of {dimension}: they are not of the same data set.");
            }

            dimension = columnCount;
            codes.AddRange(arrays.ReadLabels($"{part}/target", rows.Length / dimension));
            values.AddRange(rows);
        }

        if (codes.Exists(code => code is < 0 or >= ArrayClassCount))
        {
            throw arrays.Invalid("LabelOutOfRange", $": class {codes.Find(code => code is < 0 or >= ArrayClassCount)} is not one of 0 to {ArrayClassCount - 1}.");
        }

        return ToDataset([.. values], dimension, new Labels([.. codes], NamesOf(ArrayClassCount)), files.Source);
    });

    private static (int ClassCount, int Dimension) ReadHeader(InputFile file, SpacedRows lines)
    {
        const int MostClasses = 1000;
        const int MostPixels = 1 << 20;
        var header = new float[2];
        if (!lines.Read() || lines.Count() != header.Length)
        {
            throw NoHeader(file);
        }

        lines.Parse(header);
        return header[0] is >= 1 and <= MostClasses && header[1] is >= 1 and <= MostPixels && header.All(float.IsInteger) ? ((int)header[0], (int)header[1]) : throw NoHeader(file);
    }

    private static N2DException NoHeader(InputFile file) =>
        file.Invalid("JfHeader", $" does not begin with the numbers of classes and of pixels, such as '10 256': it is not the file as published.");

    private static string[] NamesOf(int classCount) => [.. Enumerable.Range(0, classCount).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    private static Dataset ToDataset(float[] values, int dimension, Labels labels, string source) =>
        new("Usps", Matrix.Own(values, dimension), labels, imageShape: dimension == Shape.Height * Shape.Width ? Shape : null, source: source);
}
