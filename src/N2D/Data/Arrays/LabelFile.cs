using System.Globalization;

namespace N2D.Data;

/// <summary>Reads a file of labels, a whole number a row: IDX, or .npy of one dimension.</summary>
internal static class LabelFile
{
    /// <summary>What stands for a class that is not known, in files whose numbers can be negative (scikit-learn's convention).</summary>
    private const int UnknownNumber = -1;

    /// <summary>Whole numbers up to it are told apart by float32, and so by the reader.</summary>
    private const float LargestNumber = 1 << 24;

    /// <summary>Reads the numbers.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="rowCount">How many there must be.</param>
    /// <param name="rowsName">The file of the rows, for errors.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read or is of neither format; it does not hold labels (<c>IdxDimensions</c>, <c>NpyDimensions</c>, <c>LabelsNotWhole</c>), or not as many
    /// (<c>LabelCountMismatch</c>).
    /// </exception>
    public static int[] Read(FileLocation location, int rowCount, string rowsName) =>
        FileFormats.Detect(location) == DatasetFormat.Npy
            ? InputFile.Read(location, file => ReadNpy(file, rowCount, rowsName))
            : InputFile.Read(location, file => ReadIdx(file, rowCount, rowsName));

    /// <summary>Makes labels of numbers.</summary>
    /// <param name="numbers">A number a row; null if there are none.</param>
    /// <param name="classNames">The name of each number from 0; null to name the numbers that occur by themselves.</param>
    public static Labels? ToLabels(int[]? numbers, string[]? classNames)
    {
        if (numbers is null)
        {
            return null;
        }

        if (classNames is not null)
        {
            return new Labels(numbers, classNames);
        }

        var names = numbers.Distinct().ToDictionary(number => number, number => number == UnknownNumber ? null : number.ToString(CultureInfo.InvariantCulture));
        return Labels.FromNames(Array.ConvertAll(numbers, number => names[number]));
    }

    private static int[] ReadIdx(InputFile file, int rowCount, string rowsName)
    {
        var header = IdxHeader.Read(file);
        if (header.Sizes.Length != 1)
        {
            throw file.Invalid("IdxDimensions", $" holds images, not labels: it has {Quantity.Of(header.Sizes.Length, "dimension")}. Give the file of the labels.");
        }

        ThrowIfOtherCount(file, header.Count, rowCount, rowsName);
        var labels = new byte[header.Count];
        header.ReadExactly(file, labels);
        IdxHeader.ThrowIfNotAtEnd(file);
        return Array.ConvertAll(labels, label => (int)label);
    }

    private static int[] ReadNpy(InputFile file, int rowCount, string rowsName)
    {
        var header = NpyHeader.Read(file);
        if (header.RowLength != 1)
        {
            throw file.Invalid("NpyDimensions", $" holds {string.Join(" x ", header.Sizes)} values, not a label a row. Give the file of the labels.");
        }

        ThrowIfOtherCount(file, header.RowCount, rowCount, rowsName);
        return ToWhole(file, NpyReader.ReadValues(file, header, Execution.Default));
    }

    /// <summary>Takes labels for what they are: whole numbers.</summary>
    /// <param name="file">The file that they came from, for errors.</param>
    /// <param name="values">The labels.</param>
    /// <exception cref="N2DException">One is not a whole number, or too large (<c>LabelsNotWhole</c>).</exception>
    public static int[] ToWhole(InputFile file, float[] values)
    {
        var row = Array.FindIndex(values, value => !float.IsInteger(value) || Math.Abs(value) >= LargestNumber);
        return row < 0
            ? Array.ConvertAll(values, value => (int)value)
            : throw file.Invalid("LabelsNotWhole", $", item {row + 1}, is {values[row]}; labels are whole numbers below {LargestNumber}. Give the file of the labels.");
    }

    private static void ThrowIfOtherCount(InputFile file, int count, int rowCount, string rowsName)
    {
        if (count != rowCount)
        {
            throw file.Invalid("LabelCountMismatch", $" has {Quantity.Of(count, "label")}, but '{rowsName}' has {Quantity.Of(rowCount, "row")}. Give the labels of these rows.");
        }
    }
}
