using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Reads one label for each row from IDX, from a NumPy array of numbers or text, or from text with one label per line.</summary>
/// <remarks>
/// In an array of numbers, -1 means an unknown class if there are two or more other classes, all of them 0 or above, as in scikit-learn. It
/// is a class if the labels are -1 and one other number, such as +1 and -1, or if other labels are negative too. In text, -1 is always a
/// class.
/// </remarks>
/// <param name="options">The marks of missing labels, and the terms for messages.</param>
/// <param name="execution">Receives warnings and explanations.</param>
internal sealed class LabelFile(TableOptions options, Execution execution)
{
    /// <summary>The number that means an unknown class in arrays of numbers (scikit-learn's convention).</summary>
    private const string UnknownNumber = "-1";

    /// <summary>The formats of labels, as a sentence for errors.</summary>
    internal const string SupportedFormats = "Labels can be read from IDX, .npy, and text with one label per line.";

    private readonly MissingMarks _marks = new(options.MissingMarks);

    /// <summary>Reads a file of labels.</summary>
    /// <param name="location">Where the file is.</param>
    /// <param name="rowCount">The required number of labels.</param>
    /// <param name="rowsName">The name of the file with the rows, for errors.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read or has another format (<c>LabelFormat</c>), does not hold labels (<c>IdxDimensions</c>,
    /// <c>NpyDimensions</c>, <c>NpyType</c>, <c>LabelColumns</c>, <c>LabelsNotWhole</c>, <c>MissingLabel</c>), or has another number of
    /// labels (<c>LabelCountMismatch</c>).
    /// </exception>
    public Labels Read(FileLocation location, int rowCount, string rowsName) => FileFormats.Detect(location) switch
    {
        DatasetFormat.Npy => InputFile.Read(location, file => ReadArray(ArrayStream.Of(file), rowCount, rowsName), execution),
        DatasetFormat.Idx =>
            LabelsOf(Quotation.Of(location.Name), NamesOf(ReadIdx(location, rowCount, rowsName, execution)), location.ToString()),
        DatasetFormat.Delimited
            or DatasetFormat.LibSvm => InputFile.Read(
                location,
                file => LabelsOf(
                    Quotation.Of(file.Name), new LabelText(file, _marks, execution).Read(rowCount, rowsName), location.ToString()),
                execution),
        var format => throw new N2DException(
            "LabelFormat",
            ErrorKind.InvalidData,
            $"{Quotation.Of(location.Name)} is {(format == DatasetFormat.Image ? "an image" : $"a {format} file")}. {SupportedFormats}",
            location.ToString()),
    };

    /// <summary>Reads the labels from an array.</summary>
    /// <param name="array">The array, at its beginning.</param>
    /// <param name="rowCount">The required number of labels; null for any number.</param>
    /// <param name="rowsName">The name of the file with the rows, for errors.</param>
    /// <exception cref="N2DException">The array does not hold labels, or has another number of them.</exception>
    public Labels ReadArray(ArrayStream array, int? rowCount = null, string rowsName = "")
    {
        var header = NpyHeader.Read(array).WithMissing(options.MissingMarks);
        if (!header.Type.IsReadable)
        {
            throw array.Invalid("NpyType", $" holds {header.Type} instead of labels. {header.Type.Remedy}");
        }

        if (header.RowLength != 1 || header.Sizes.Length == 0)
        {
            throw array.Invalid(
                "NpyDimensions",
                $" holds {header.Shape} values instead of one label for each row. Use the file with the labels.");
        }

        if (rowCount is { } count && header.RowCount != count)
        {
            throw array.Invalid("LabelCountMismatch", $"{OtherCount(header.RowCount, count, rowsName)}");
        }

        var names = NpyValues.ReadTexts(array, header, execution);
        return LabelsOf(
            array.Title,
            header.Type.Text is null ? WithoutUnknownClass(array.Title, WholeNumbers(array, names)) : Array.ConvertAll(names, KnownText),
            array.Title);
    }

    /// <summary>Reads the labels from an IDX file, as numbers from 0 to 255.</summary>
    /// <param name="location">Where the file is.</param>
    /// <param name="rowCount">The required number of labels.</param>
    /// <param name="rowsName">The name of the file with the rows, for errors.</param>
    /// <param name="execution">Cancellation, and the limit for the expansion of compressed files.</param>
    public static byte[] ReadIdx(FileLocation location, int rowCount, string rowsName, Execution execution) =>
        InputFile.Read(location, file =>
    {
        var header = IdxHeader.Read(file);
        if (header.Sizes.Length != 1)
        {
            throw file.Invalid(
                "IdxDimensions",
                $" holds images, not labels: it has {Quantity.Of(header.Sizes.Length, "dimension")}. Use the file with the labels.");
        }

        if (header.Count != rowCount)
        {
            throw file.Invalid("LabelCountMismatch", $"{OtherCount(header.Count, rowCount, rowsName)}");
        }

        var labels = new byte[header.Count];
        header.ReadExactly(file, labels);
        IdxHeader.ThrowIfNotAtEnd(file);
        return labels;
    }, execution);

    /// <summary>The message for a number of labels that differs from the number of rows.</summary>
    /// <param name="count">The number of labels.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="rowsName">The name of the file with the rows.</param>
    internal static string OtherCount(int count, int rowCount, string rowsName) =>
        $" has {Quantity.Of(count, "label")}, but '{rowsName}' has {Quantity.Of(rowCount, "row")}. Use the labels of these rows.";

    private string?[] NamesOf(byte[] numbers)
    {
        string?[] names =
            [.. Enumerable.Range(0, byte.MaxValue + 1).Select(number => KnownText(number.ToString(CultureInfo.InvariantCulture)))];
        return Array.ConvertAll(numbers, number => names[number]);
    }

    private static Labels LabelsOf(string title, string?[] names, string target) => Array.Exists(names, name => name is not null)
        ? Labels.FromNames(names)
        : throw new N2DException(
            "MissingLabel",
            ErrorKind.InvalidData,
            $"{title}: no row has a label. Omit the labels, or fill in the known ones.",
            target);

    private static string?[] WholeNumbers(ArrayStream array, string?[] names)
    {
        for (var row = 0; row < names.Length; row++)
        {
            if (names[row] is { } name && name.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') >= 0)
            {
                throw array.Invalid(
                    "LabelsNotWhole",
                    $", item {row + 1}, is {name}. Labels are integers or text. Use the file with the labels.");
            }
        }

        return names;
    }

    private string?[] WithoutUnknownClass(string title, string?[] names)
    {
        var count = names.Count(name => name == UnknownNumber);
        string[] others = [.. names.OfType<string>().Where(name => name != UnknownNumber).Distinct()];
        if (count == 0 || others.Length == 1 || Array.Exists(others, name => name.StartsWith('-')))
        {
            return names;
        }

        if (others.Length > 0)
        {
            execution.Warn?.Invoke(
                $"{title}: {Quantity.Of(count, "label")} of {names.Length} {(count == 1 ? "is" : "are")} -1 and treated as unknown. "
                    + "If -1 is a class, save the labels as text.");
        }

        return Array.ConvertAll(names, name => name == UnknownNumber ? null : name);
    }

    private string? KnownText(string? text) => _marks.Contains(text) ? null : text!.Trim();
}
