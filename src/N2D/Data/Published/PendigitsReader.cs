using System.Numerics.Tensors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads the pen digits of the UCI repository: the training rows, then the test rows, scaled from 0 to 100 to the range 0 to 1 (Alimoglu
/// and Alpaydin, 1996).
/// </summary>
internal static class PendigitsReader
{
    /// <summary>The names of the files.</summary>
    public const string Training = "pendigits.tra", Test = "pendigits.tes";

    private const float LargestCoordinate = 100;

    /// <summary>Reads the files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="execution">Cancellation and progress.</param>
    /// <exception cref="N2DException">
    /// See <see cref="DelimitedTextReader"/>; or the files have different numbers of columns (<c>RaggedRow</c>).
    /// </exception>
    public static Dataset Read(PublishedFiles files, Execution execution)
    {
        var reader =
            new DelimitedTextReader(new TextFormat { Delimiter = ",", HasHeader = false }, new TableOptions { LabelColumn = "-1" });
        var (train, test) = (ReadPart(Training), ReadPart(Test));
        if (train.Dimension != test.Dimension)
        {
            throw new N2DException(
                "RaggedRow",
                ErrorKind.InvalidData,
                $"'{files[Training]}' has {train.Dimension + 1} columns, '{files[Test]}' has {test.Dimension + 1}: "
                    + "they do not belong to the same data set.",
                files[Test].ToString());
        }

        float[] values = [.. train.GetRows().Values, .. test.GetRows().Values];
        TensorPrimitives.Divide(values, LargestCoordinate, values);
        string?[] labels = [.. NamesOf(train.Labels!), .. NamesOf(test.Labels!)];
        return new Dataset("Pendigits", Matrix.Own(values, train.Dimension), Labels.FromNames(labels), source: files.Source)
        {
            Divisor = LargestCoordinate,
        };

        Dataset ReadPart(string name) => InputFile.Read(files[name], file => reader.Read(file, "Pendigits", files.Source, execution));
    }

    private static IEnumerable<string?> NamesOf(Labels labels) => Enumerable.Range(0, labels.RowCount).Select(row => labels[row]);
}
