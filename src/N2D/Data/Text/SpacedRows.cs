using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace N2D.Data;

/// <summary>Reads lines of numbers with spaces or tabs between them, however many.</summary>
/// <param name="file">The file, at its beginning.</param>
/// <param name="cancellation">Ends the reading of a long line.</param>
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

    /// <summary>Whether the line is one word.</summary>
    /// <param name="word">The word.</param>
    public bool Is(ReadOnlySpan<byte> word) => _lines.Line.Trim(" \t\r"u8).SequenceEqual(word);

    /// <summary>The number of numbers in the line.</summary>
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
    /// <param name="row">Takes the numbers, as many as there are to be.</param>
    /// <exception cref="N2DException">
    /// There are fewer or more of them (<c>RaggedRow</c>), or one is not a number (<c>NotANumber</c>) or not finite (<c>NotFinite</c>).
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
    /// <param name="columnCount">The numbers in each; 0 for as many as the first has.</param>
    /// <param name="values">Takes the numbers, row after row, behind what is there.</param>
    /// <param name="execution">Cancellation and progress.</param>
    /// <returns>The numbers in each line, and how many lines were read.</returns>
    /// <exception cref="N2DException">As <see cref="Parse"/>; or there are no lines (<c>NoRows</c>) or too many (<c>TooManyValues</c>).</exception>
    public (int ColumnCount, int RowCount) ReadAll(int columnCount, List<float> values, Execution execution)
    {
        var count = 0;
        for (; Read(); count++)
        {
            columnCount = columnCount == 0 ? Count() : columnCount;
            Parse(Append(values, columnCount));
            Report(count, execution);
        }

        return count > 0 ? (columnCount, count) : throw file.Invalid("NoRows", $" has no lines but blank ones.");
    }

    /// <summary>Makes room for a row.</summary>
    /// <param name="values">The values so far.</param>
    /// <param name="columnCount">The numbers of the row.</param>
    /// <returns>The room, valid until more is made.</returns>
    /// <exception cref="N2DException">No array can hold as many (<c>TooManyValues</c>).</exception>
    public Span<float> Append(List<float> values, int columnCount)
    {
        if ((long)values.Count + columnCount > Array.MaxLength)
        {
            throw file.Invalid("TooManyValues", $", line {LineNumber}: more than {Array.MaxLength} numbers. Import a part of the rows.");
        }

        CollectionsMarshal.SetCount(values, values.Count + columnCount);
        return CollectionsMarshal.AsSpan(values)[^columnCount..];
    }

    /// <summary>Tells the progress now and then, and ends what is canceled.</summary>
    /// <param name="rowCount">The rows so far.</param>
    /// <param name="execution">Cancellation and progress.</param>
    public void Report(int rowCount, Execution execution)
    {
        if (rowCount % RowsPerReport == 0)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            execution.Report($"{file.Name}: {Quantity.Of(rowCount, "row")}", file.Fraction);
        }
    }

    /// <summary>Takes the next word off a line; empty at its end.</summary>
    /// <param name="rest">What is left of the line.</param>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        // A line may begin with a quarter of a gigabyte of blanks: all at once.
        var start = rest.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
        rest = start < 0 ? [] : rest[start..];
        var length = rest.IndexOfAny((byte)' ', (byte)'\t', (byte)'\r');
        var token = length < 0 ? rest : rest[..length];
        rest = rest[token.Length..];
        return token;
    }

    private N2DException Ragged(int expected) => file.Invalid("RaggedRow", $", line {LineNumber}: expected {expected} numbers, found {Count()}. The file is damaged: download or copy it again.");

    private N2DException NotUsable(ReadOnlySpan<byte> token, int column, int columnCount)
    {
        if (token.IsEmpty)
        {
            return Ragged(columnCount);
        }

        var text = Encoding.UTF8.GetString(token[..Math.Min(token.Length, LongestQuotation)]);
        return float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? file.Invalid("NotFinite", $", line {LineNumber}, number {column + 1}: '{text}' is not a finite number of float32.")
            : file.Invalid("NotANumber", $", line {LineNumber}, number {column + 1}: '{text}' is not a number. The file is damaged, or not the one of that name.");
    }
}
