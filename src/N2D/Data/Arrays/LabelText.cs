using System.Globalization;
using System.Text;

namespace N2D.Data;

/// <summary>
/// Reads labels from text with one label per line, as pandas, numpy.savetxt and CSV writers save a single column. The first line can be a
/// column name.
/// </summary>
/// <param name="file">The file, at its beginning.</param>
/// <param name="marks">The missing-value marks.</param>
/// <param name="execution">Receives warnings and explanations.</param>
internal sealed class LabelText(InputFile file, MissingMarks marks, Execution execution)
{
    /// <summary>The maximum average length of a label in bytes. A file with longer lines does not hold labels.</summary>
    private const int MaxAverageLabelLength = 1 << 10;

    /// <summary>Reads the labels.</summary>
    /// <param name="rowCount">The required number of labels.</param>
    /// <param name="rowsName">The name of the file with the rows, for errors.</param>
    /// <returns>A name for each row; null if the class is unknown.</returns>
    /// <exception cref="N2DException">
    /// The file is not text (<c>LabelFormat</c>), has several columns (<c>LabelColumns</c>), another number of labels
    /// (<c>LabelCountMismatch</c>), or numbers that are not integers (<c>LabelsNotWhole</c>).
    /// </exception>
    public string?[] Read(int rowCount, string rowsName)
    {
        var lines = LinesOf(Decode(ReadAll(rowCount)), rowCount);
        ThrowIfSeveralColumns(lines);
        var labels = Array.ConvertAll(lines, Unquoted);
        var hasHeader = labels.Length == rowCount + 1 && IsHeader(labels);
        if (hasHeader)
        {
            execution.Explain?.Invoke(
                $"{Quotation.Of(file.Name)}: the first line, {Quotation.Of(labels[0])}, is the name of the column of labels.");
            labels = labels[1..];
        }

        return labels.Length == rowCount
            ? Known(labels, hasHeader ? 2 : 1)
            : throw file.Invalid("LabelCountMismatch", $"{LabelFile.OtherCount(labels.Length, rowCount, rowsName)}");
    }

    private byte[] ReadAll(int rowCount)
    {
        var longest = Math.Min(Array.MaxLength / 2, (1 << 20) + ((rowCount + 1L) * MaxAverageLabelLength));
        using var content = new MemoryStream();
        var block = new byte[1 << 16];
        for (int read; (read = file.Content.Read(block, 0, block.Length)) > 0;)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            content.Write(block, 0, read);
            if (content.Length > longest)
            {
                throw file.Invalid("LabelFormat", $" is too large for {Quantity.Of(rowCount, "label")}. {LabelFile.SupportedFormats}");
            }
        }

        return content.ToArray();
    }

    private string Decode(byte[] bytes)
    {
        // Output that Windows PowerShell redirects to a file is UTF-16, which contains zero bytes. Other text does not.
        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            return (bytes[0] == 0xff ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes.AsSpan(2));
        }

        if (bytes.AsSpan().Contains((byte)0))
        {
            throw file.Invalid("LabelFormat", $" is not IDX, .npy or text: it contains zero bytes. {LabelFile.SupportedFormats}");
        }

        return new UndeclaredEncoding(Quotation.Of(file.Name), execution).Decode(bytes.AsSpan(bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0));
    }

    /// <summary>A blank line is a row without a label, except after the last of the required lines.</summary>
    private static string[] LinesOf(string text, int rowCount)
    {
        var lines = Array.ConvertAll(text.Split('\n'), line => line.Trim());
        var count = lines.Length;
        while (count > 0 && lines[count - 1].Length == 0 && (count > rowCount || count == lines.Length))
        {
            count--;
        }

        return lines[..count];
    }

    private void ThrowIfSeveralColumns(string[] lines)
    {
        foreach (var delimiter in ",;\t")
        {
            var counts = lines.Where(line => line.Length > 0).Select(line => CountOf(line, delimiter)).Distinct().Take(2).ToArray();
            if (counts is [> 0 and var count])
            {
                throw file.Invalid("LabelColumns", $" has {count + 1} columns. Use a file with one label per line and no other columns.");
            }
        }

        static int CountOf(string line, char delimiter)
        {
            var (count, isQuoted) = (0, false);
            foreach (var character in line)
            {
                isQuoted ^= character == '"';
                count += !isQuoted && character == delimiter ? 1 : 0;
            }

            return count;
        }
    }

    private static string Unquoted(string line) =>
        line is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"", StringComparison.Ordinal).Trim() : line;

    /// <summary>A first line is a column name if it is text and no row repeats it.</summary>
    private static bool IsHeader(string[] labels) => !TryParse(labels[0], out _)
        && labels[0].Length > 0
        && Array.IndexOf(labels, labels[0], 1) < 0;

    private string?[] Known(string[] labels, int firstLine)
    {
        var known = Array.ConvertAll(labels, label => IsMissing(label) ? null : label);
        if (Array.Exists(known, label => label is not null && !TryParse(label, out _)))
        {
            return known;
        }

        for (var row = 0; row < known.Length; row++)
        {
            if (known[row] is { } label && TryParse(label, out var number) && !IsPlain(label))
            {
                // numpy.savetxt writes 1.000000000000000000e+00.
                const double LargestWhole = 1L << 53;
                known[row] = number == Math.Floor(number) && Math.Abs(number) < LargestWhole
                    ? ((long)number).ToString(CultureInfo.InvariantCulture)
                    : throw file.Invalid(
                        "LabelsNotWhole",
                        $", line {row + firstLine}, is {label}. Labels are integers or text. Use the file with the labels.");
            }
        }

        return known;
    }

    /// <summary>A numeric mark matches its number in any notation.</summary>
    private bool IsMissing(string label) => marks.Contains(label)
        || (marks.HasOwn && TryParse(label, out var number) && marks.Contains(number));

    private static bool IsPlain(string label) => label.AsSpan(label[0] == '-' ? 1 : 0).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
