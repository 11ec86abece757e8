using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace N2D.Data;

/// <summary>Reads lines of numbers that are separated by any number of spaces and tabs.</summary>
/// <param name="file">The file, at its beginning.</param>
/// <param name="cancellation">Cancels the work.</param>
internal sealed class SpacedRows(InputFile file, CancellationToken cancellation)
{
    private const int RowsPerReport = 256;
    private const int LongestQuotation = 40;

    private readonly ByteLines _lines = new(file, cancellation);

    /// <summary>The number of the line in the file, from 1.</summary>
    public int LineNumber => _lines.Number;

    /// <summary>Goes to the next line that is not blank.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read() => _lines.Read();

    /// <summary>Returns whether the line is a given word.</summary>
    /// <param name="word">The word.</param>
    public bool Is(ReadOnlySpan<byte> word) => _lines.Line.Trim(" \t\r"u8).SequenceEqual(word);

    /// <summary>Counts the numbers in the line.</summary>
    public int Count()
    {
        var rest = _lines.Line;
        var count = 0;
        while (!Next(ref rest).IsEmpty)
        {
            count++;
        }

        return count;
    }

    /// <summary>Parses the line.</summary>
    /// <param name="row">Receives the numbers. Its length is the expected count.</param>
    /// <exception cref="N2DException">
    /// The line has fewer or more numbers (<c>RaggedRow</c>), or one is not a number (<c>NotANumber</c>) or not finite (<c>NotFinite</c>).
    /// </exception>
    public void Parse(Span<float> row)
    {
        var rest = _lines.Line;
        for (var column = 0; column < row.Length; column++)
        {
            var token = Next(ref rest);
            if (!float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out row[column]) || !float.IsFinite(row[column]))
            {
                throw NotUsable(token, column, row.Length);
            }
        }

        if (!Next(ref rest).IsEmpty)
        {
            throw Ragged(row.Length);
        }
    }

    /// <summary>Reads the lines to the end of the file.</summary>
    /// <param name="columnCount">The count of numbers per line; 0 for that of the first line.</param>
    /// <param name="values">Receives the numbers, row after row, at its end.</param>
    /// <param name="execution">Cancellation and progress.</param>
    /// <returns>The count of numbers per line, and the number of lines.</returns>
    /// <exception cref="N2DException">
    /// See <see cref="Parse"/>; or there are no lines (<c>NoRows</c>) or too many (<c>TooManyValues</c>).
    /// </exception>
    public (int ColumnCount, int RowCount) ReadAll(int columnCount, List<float> values, Execution execution)
    {
        var count = 0;
        for (; Read(); count++)
        {
            columnCount = columnCount == 0 ? Count() : columnCount;
            Parse(Append(values, columnCount));
            Report(count, execution);
        }

        return count > 0 ? (columnCount, count) : throw file.Invalid("NoRows", $" has no lines except blank ones.");
    }

    /// <summary>Adds a row for the caller to write.</summary>
    /// <param name="values">The values so far.</param>
    /// <param name="columnCount">The count of numbers in the row.</param>
    /// <returns>The row. Valid until the next one is added.</returns>
    /// <exception cref="N2DException">An array cannot hold that many values (<c>TooManyValues</c>).</exception>
    public Span<float> Append(List<float> values, int columnCount)
    {
        if ((long)values.Count + columnCount > Array.MaxLength)
        {
            throw file.Invalid("TooManyValues", $", line {LineNumber}: more than {Array.MaxLength} numbers. Import a part of the rows.");
        }

        Debug.Assert(columnCount >= 0, "The number of columns is not negative.");
        CollectionsMarshal.SetCount(values, values.Count + columnCount);
        return CollectionsMarshal.AsSpan(values)[^columnCount..];
    }

    /// <summary>Reports the progress and checks for cancellation, every few rows.</summary>
    /// <param name="rowCount">The number of rows so far.</param>
    /// <param name="execution">Cancellation and progress.</param>
    public void Report(int rowCount, Execution execution)
    {
        if (rowCount % RowsPerReport == 0)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            execution.Report($"{file.Name}: {Quantity.Of(rowCount, "row")}", file.Fraction);
        }
    }

    /// <summary>Removes the next word from a line.</summary>
    /// <param name="rest">The rest of the line.</param>
    /// <returns>The word; empty at the end of the line.</returns>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        // A line can begin with 256 MiB of blanks, so they are skipped at once.
        var start = rest.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
        rest = start < 0 ? [] : rest[start..];
        var length = rest.IndexOfAny((byte)' ', (byte)'\t', (byte)'\r');
        var token = length < 0 ? rest : rest[..length];
        rest = rest[token.Length..];
        return token;
    }

    private N2DException Ragged(int expected) => file.Invalid(
        "RaggedRow", $", line {LineNumber}: expected {expected} numbers, found {Count()}. The file is damaged: download or copy it again.");

    private N2DException NotUsable(ReadOnlySpan<byte> token, int column, int columnCount)
    {
        if (token.IsEmpty)
        {
            return Ragged(columnCount);
        }

        var text = Encoding.UTF8.GetString(token[..Math.Min(token.Length, LongestQuotation)]);
        return float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? file.Invalid("NotFinite", $", line {LineNumber}, number {column + 1}: '{text}' is not a finite number of float32.")
            : file.Invalid(
                "NotANumber",
                $", line {LineNumber}, number {column + 1}: '{text}' is not a number. The file is damaged, or another file of that name.");
    }
}
