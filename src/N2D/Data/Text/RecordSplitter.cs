namespace N2D.Data;

/// <summary>The rule for quotes.</summary>
internal enum QuoteRule
{
    /// <summary>A quote within quotes is doubled (RFC 4180).</summary>
    Doubled,

    /// <summary>A quote within quotes can also follow a backslash, as MySQL and pandas write it.</summary>
    Backslash,

    /// <summary>A quote is literal unless another one closes the cell on the same line.</summary>
    Literal,
}

/// <summary>The result of splitting.</summary>
internal enum SplitStatus
{
    /// <summary>The cells are known.</summary>
    Complete,

    /// <summary>The record continues after the end of the text.</summary>
    NeedsMore,

    /// <summary>The file ends within quotes.</summary>
    Unclosed,

    /// <summary>There are more cells than <see cref="RecordCells"/> holds.</summary>
    TooMany,
}

/// <summary>Splits the first record of a text into cells.</summary>
/// <param name="delimiter">The character between cells; null for any run of blanks and tabs.</param>
/// <param name="cancellation">Cancels the work.</param>
internal sealed class RecordSplitter(char? delimiter, CancellationToken cancellation)
{
    /// <summary>The number of cells between two checks for cancellation; a power of two.</summary>
    private const int CellsPerCheck = 1 << 16;

    private readonly bool _isWhitespace = delimiter is null;
    private readonly char _delimiter = delimiter ?? ' ';
    private readonly char _otherDelimiter = delimiter ?? '\t';

    /// <summary>The line within the record on which the last quote opens, from 0.</summary>
    public int QuoteLine { get; private set; }

    /// <summary>Splits the first record.</summary>
    /// <param name="text">The text, at the start of a record.</param>
    /// <param name="isWhole">Whether the text extends to the end of the file.</param>
    /// <param name="rule">The rule for quotes.</param>
    /// <param name="cells">Receives the cells.</param>
    public SplitStatus Split(ReadOnlySpan<char> text, bool isWhole, QuoteRule rule, RecordCells cells)
    {
        cells.Clear();
        cells.IsBackslashed = rule == QuoteRule.Backslash;
        for (var position = 0; ;)
        {
            if (cells.Count % CellsPerCheck == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            position = SkipBlanks(text, position);
            if (_isWhitespace && (position == text.Length || text[position] is '\r' or '\n'))
            {
                return End(text, position, isWhole, cells);
            }

            int end;
            if (position < text.Length && text[position] == '"')
            {
                var status = SplitQuoted(text, position, isWhole, rule, cells, out end);
                if (status != SplitStatus.Complete)
                {
                    return status;
                }
            }
            else
            {
                end = FindEnd(text, position);
                if (!cells.Add(position, end - position))
                {
                    return SplitStatus.TooMany;
                }
            }

            if (end == text.Length || text[end] is '\r' or '\n')
            {
                return End(text, end, isWhole, cells);
            }

            position = end + 1;
        }
    }

    /// <summary>Skips blanks before a cell or its quote.</summary>
    private int SkipBlanks(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && (text[position] == ' ' || (_isWhitespace && text[position] == '\t')))
        {
            position++;
        }

        return position;
    }

    /// <summary>Finds the end of an unquoted cell: the next delimiter or line break, or the end of the text.</summary>
    private int FindEnd(ReadOnlySpan<char> text, int position)
    {
        var length = _isWhitespace
            ? text[position..].IndexOfAny([_delimiter, _otherDelimiter, '\n', '\r'])
            : text[position..].IndexOfAny(_delimiter, '\n', '\r');
        return length < 0 ? text.Length : position + length;
    }

    private static SplitStatus End(ReadOnlySpan<char> text, int at, bool isWhole, RecordCells cells)
    {
        var lineBreak = at == text.Length ? 0 : LineBreaks.LengthAt(text, at, isWhole);
        if (lineBreak == 0 && !isWhole)
        {
            return SplitStatus.NeedsMore;
        }

        cells.Length = at + lineBreak;
        return SplitStatus.Complete;
    }

    private SplitStatus SplitQuoted(ReadOnlySpan<char> text, int quote, bool isWhole, QuoteRule rule, RecordCells cells, out int end)
    {
        QuoteLine = cells.Lines - 1;
        end = FindClosing(text, quote, isWhole, rule, out var isEscaped);
        var isOpen = end < 0;
        if (isOpen && !isWhole)
        {
            return SplitStatus.NeedsMore;
        }

        var closing = end;
        end = isOpen ? text.Length : FindEnd(text, closing + 1);
        var hasTail = !isOpen && !text[(closing + 1)..end].IsWhiteSpace();
        var lineBreaks = isOpen ? 0 : LineBreaks.Count(text[quote..closing]);
        if (rule == QuoteRule.Literal && (isOpen || hasTail || lineBreaks > 0))
        {
            end = FindEnd(text, quote);
            return cells.Add(quote, end - quote) ? SplitStatus.Complete : SplitStatus.TooMany;
        }

        if (isOpen)
        {
            return SplitStatus.Unclosed;
        }

        cells.QuotedCount++;
        cells.Lines += lineBreaks;
        cells.HasTail |= hasTail;
        var isAdded = isEscaped || hasTail ? cells.AddQuoted(quote, end - quote) : cells.Add(quote + 1, closing - quote - 1);
        return isAdded ? SplitStatus.Complete : SplitStatus.TooMany;
    }

    /// <summary>Finds the quote that closes a cell; -1 if the text ends too early to decide.</summary>
    private static int FindClosing(ReadOnlySpan<char> text, int quote, bool isWhole, QuoteRule rule, out bool isEscaped)
    {
        isEscaped = false;
        for (var at = quote + 1; ;)
        {
            var length = rule == QuoteRule.Backslash ? text[at..].IndexOfAny('"', '\\') : text[at..].IndexOf('"');
            if (length < 0)
            {
                return -1;
            }

            at += length;
            if (at + 1 == text.Length)
            {
                return isWhole && text[at] == '"' ? at : -1;
            }

            if (text[at] == '\\')
            {
                var escapes = text[at + 1] is '"' or '\\';
                isEscaped |= escapes;
                at += escapes ? 2 : 1;
                continue;
            }

            if (text[at + 1] != '"')
            {
                return at;
            }

            isEscaped = true;
            at += 2;
        }
    }
}
