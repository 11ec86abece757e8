using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Reads the pen digits of the UCI repository from the folder of their files: the training rows, then the test rows, scaled from
/// 0..100 to 0..1. (Alimoglu and Alpaydin, 1996.)
/// </summary>
public sealed class PendigitsReader : IDatasetReader
{
    private const float LargestCoordinate = 100;

    /// <inheritdoc/>
    /// <remarks>Ids of errors: <c>DatasetFileNotFound</c>, and those of <see cref="DelimitedTextReader"/>.</remarks>
    public Dataset Read(string path, Execution? execution = null)
    {
        var folder = new DatasetFolder("Pendigits", [path], "the UCI Machine Learning Repository, 'Pen-Based Recognition of Handwritten Digits'");
        return Read(folder, execution ?? Execution.Default);
    }

    /// <summary>Reads the files of a folder.</summary>
    internal static Dataset Read(DatasetFolder folder, Execution execution)
    {
        var files = folder.FindAll(["pendigits.tra", "pendigits.tes"]);
        var reader = new DelimitedTextReader(new DelimitedTextOptions { Delimiter = ',', LabelColumn = "-1" });
        var train = reader.Read(files[0], execution);
        var test = reader.Read(files[1], execution);
        if (train.Dimension != test.Dimension)
        {
            throw new N2DException(
                "RaggedRow",
                ErrorKind.InvalidData,
                $"'{files[0]}' has {train.Dimension + 1} columns, '{files[1]}' has {test.Dimension + 1}: they are not of the same data set.",
                files[1]);
        }

        float[] values = [.. train.GetRows().Values, .. test.GetRows().Values];
        TensorPrimitives.Divide(values, LargestCoordinate, values);
        string?[] labels = [.. NamesOf(train.Labels!), .. NamesOf(test.Labels!)];
        return new Dataset("Pendigits", Matrix.Own(values, train.Dimension), Labels.FromNames(labels), source: Path.GetDirectoryName(files[0])!)
        {
            Divisor = LargestCoordinate,
        };
    }

    private static IEnumerable<string?> NamesOf(Labels labels) => Enumerable.Range(0, labels.RowCount).Select(row => labels[row]);
}
