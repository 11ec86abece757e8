using System.Globalization;
using System.Text;

namespace N2D.Data;

/// <summary>Reads labels from text: one label a line, as Export-Csv, pandas and numpy.savetxt write a single column. A first line may name the column.</summary>
/// <param name="file">The file, at its beginning.</param>
/// <param name="marks">The marks of missing labels.</param>
/// <param name="execution">Gets warnings and explanations.</param>
internal sealed class LabelText(InputFile file, MissingMarks marks, Execution execution)
{
    /// <summary>Bytes a label, on average: longer lines are no labels, and may be any file.</summary>
    private const int LongestLabel = 1 << 10;

    /// <summary>Reads the labels.</summary>
    /// <param name="rowCount">How many there must be.</param>
    /// <param name="rowsName">The file of the rows, for errors.</param>
    /// <returns>A name for each row; null where the class is not known.</returns>
    /// <exception cref="N2DException">
    /// It is not text (<c>LabelFormat</c>), has several columns (<c>LabelColumns</c>), another number of labels (<c>LabelCountMismatch</c>), or numbers that are not whole
    /// (<c>LabelsNotWhole</c>).
    /// </exception>
    public string?[] Read(int rowCount, string rowsName)
    {
        var lines = LinesOf(Decode(ReadAll(rowCount)), rowCount);
        ThrowIfSeveralColumns(lines);
        var labels = Array.ConvertAll(lines, Unquoted);
        var hasHeader = labels.Length == rowCount + 1 && IsHeader(labels);
        if (hasHeader)
        {
            execution.Explain?.Invoke($"{Quotation.Of(file.Name)}: the first line, {Quotation.Of(labels[0])}, names the column of labels.");
            labels = labels[1..];
        }

        return labels.Length == rowCount
            ? Known(labels, hasHeader ? 2 : 1)
            : throw file.Invalid("LabelCountMismatch", $"{LabelFile.OtherCount(labels.Length, rowCount, rowsName)}");
    }

    private byte[] ReadAll(int rowCount)
    {
        var longest = Math.Min(Array.MaxLength / 2, (1 << 20) + ((rowCount + 1L) * LongestLabel));
        using var content = new MemoryStream();
        var block = new byte[1 << 16];
        for (int read; (read = file.Content.Read(block, 0, block.Length)) > 0;)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            content.Write(block, 0, read);
            if (content.Length > longest)
            {
                throw file.Invalid("LabelFormat", $" is too large for {Quantity.Of(rowCount, "label")}. Labels are read from IDX, from .npy, and from text with one label a line.");
            }
        }

        return content.ToArray();
    }

    private string Decode(byte[] bytes)
    {
        // Redirection in Windows PowerShell writes UTF-16, which has zeros; other text has none.
        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            return (bytes[0] == 0xff ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes.AsSpan(2));
        }

        if (bytes.AsSpan().Contains((byte)0))
        {
            throw file.Invalid("LabelFormat", $" is neither IDX nor .npy, and not text either: it holds zero bytes. Labels are read from IDX, from .npy, and from text with one label a line.");
        }

        return new ByteText(Quotation.Of(file.Name), execution).Decode(bytes.AsSpan(bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0));
    }

    /// <summary>A blank line is a row whose label is missing, but at the end of a file that has enough lines.</summary>
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
                throw file.Invalid("LabelColumns", $" has {count + 1} columns. Give a file with one label a line, without other columns.");
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

    /// <summary>The name of a column is text that no row repeats.</summary>
    private static bool IsHeader(string[] labels) => !TryParse(labels[0], out _) && labels[0].Length > 0 && Array.IndexOf(labels, labels[0], 1) < 0;

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
                    : throw file.Invalid("LabelsNotWhole", $", line {row + firstLine}, is {label}; labels are whole numbers or text. Give the file of the labels.");
            }
        }

        return known;
    }

    /// <summary>A mark that is a number stands for that number, however a file writes it.</summary>
    private bool IsMissing(string label) => marks.Contains(label) || (marks.HasOwn && TryParse(label, out var number) && marks.Contains(number));

    private static bool IsPlain(string label) => label.AsSpan(label[0] == '-' ? 1 : 0).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool TryParse(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
