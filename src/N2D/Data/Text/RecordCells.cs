namespace N2D.Data;

/// <summary>The cells of one record, stored as ranges of its text. Only cells with escaped quotes are copied, on access.</summary>
internal sealed class RecordCells
{
    /// <summary>The maximum number of cells. It limits the memory that a wrong delimiter can take.</summary>
    private const int MaxCells = 1 << 24;

    /// <summary>The number of cells between two checks for cancellation; a power of two.</summary>
    private const int CellsPerCheck = 1 << 16;

    private Place[] _places = new Place[64];
    private char[] _unquoted = [];

    /// <summary>The number of cells.</summary>
    public int Count { get; set; }

    /// <summary>The number of characters, including the line break at the end.</summary>
    public int Length { get; set; }

    /// <summary>The number of lines of the record.</summary>
    public int Lines { get; set; }

    /// <summary>The number of cells in quotes.</summary>
    public int QuotedCount { get; set; }

    /// <summary>Whether text follows a closing quote within a cell.</summary>
    public bool HasTail { get; set; }

    /// <summary>Whether a backslash before a quote escapes it.</summary>
    public bool IsBackslashed { get; set; }

    /// <summary>Starts a new record.</summary>
    public void Clear()
    {
        (Count, Length, Lines, QuotedCount, HasTail, IsBackslashed) = (0, 0, 1, 0, false, false);
    }

    /// <summary>Adds a cell without quotes to remove.</summary>
    /// <returns>False if there are too many cells.</returns>
    public bool Add(int start, int length)
    {
        if (Count == _places.Length && !Grow())
        {
            return false;
        }

        _places[Count++] = new Place(start, length);
        return true;
    }

    /// <summary>Adds a cell that starts with a quote, with quotes to remove.</summary>
    /// <returns>False if there are too many cells.</returns>
    public bool AddQuoted(int start, int length) => Add(start, ~length);

    /// <summary>Returns a cell, trimmed and without its quotes. Valid until the next cell or record.</summary>
    /// <param name="text">The text of the record.</param>
    /// <param name="cell">The position of the cell, from 0.</param>
    public ReadOnlySpan<char> Get(ReadOnlySpan<char> text, int cell)
    {
        var (start, length) = _places[cell];
        if (length < 0)
        {
            return Unquote(text.Slice(start, ~length)).Trim();
        }

        var value = text.Slice(start, length);
        return length == 0 || (value[0] is > ' ' and <= '~' && value[^1] is > ' ' and <= '~') ? value : value.Trim();
    }

    /// <summary>Copies all cells.</summary>
    /// <param name="text">The text of the record.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public string[] ToArray(ReadOnlySpan<char> text, CancellationToken cancellation)
    {
        var cells = new string[Count];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            if (cell % CellsPerCheck == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            cells[cell] = Get(text, cell).ToString();
        }

        return cells;
    }

    /// <summary>Counts the cells without the empty ones at the end.</summary>
    /// <param name="text">The text of the record.</param>
    public int Width(ReadOnlySpan<char> text)
    {
        var width = Count;
        while (width > 0 && Get(text, width - 1).IsEmpty)
        {
            width--;
        }

        return width;
    }

    /// <summary>Returns whether there are several cells and all are empty, as in rows that Excel writes below a table.</summary>
    /// <param name="text">The text of the record.</param>
    public bool AreEmpty(ReadOnlySpan<char> text) => Count > 1 && Get(text, 0).IsEmpty && Width(text) == 0;

    /// <summary>Returns whether a cell before the last one is empty.</summary>
    /// <param name="cells">The cells.</param>
    public static bool HasGap(string[] cells) => cells.AsSpan(0, Math.Max(0, cells.Length - 1)).Contains("");

    /// <summary>Removes the empty cells if this leaves the right number of cells.</summary>
    /// <param name="text">The text of the record.</param>
    /// <param name="wanted">The right number of cells.</param>
    /// <returns>Whether the empty cells were removed.</returns>
    public bool TryDropEmpty(ReadOnlySpan<char> text, int wanted)
    {
        var filled = 0;
        for (var cell = 0; cell < Count; cell++)
        {
            filled += Get(text, cell).IsEmpty ? 0 : 1;
        }

        if (filled != wanted)
        {
            return false;
        }

        var kept = 0;
        for (var cell = 0; cell < Count; cell++)
        {
            if (!Get(text, cell).IsEmpty)
            {
                _places[kept++] = _places[cell];
            }
        }

        Count = kept;
        return true;
    }

    private bool Grow()
    {
        if (_places.Length >= MaxCells)
        {
            return false;
        }

        Array.Resize(ref _places, 2 * _places.Length);
        return true;
    }

    /// <summary>Returns the text between the quotes, and the text after the closing quote.</summary>
    private Span<char> Unquote(ReadOnlySpan<char> raw)
    {
        if (_unquoted.Length < raw.Length)
        {
            _unquoted = new char[Math.Max(raw.Length, 2 * _unquoted.Length)];
        }

        var length = 0;
        var isOpen = true;
        for (var at = 1; at < raw.Length; at++)
        {
            var next = at + 1 < raw.Length ? raw[at + 1] : '\0';
            if (isOpen && IsBackslashed && raw[at] == '\\' && next is '"' or '\\')
            {
                at++;
            }
            else if (isOpen && raw[at] == '"')
            {
                if (next != '"')
                {
                    isOpen = false;
                    continue;
                }

                at++;
            }

            _unquoted[length++] = raw[at];
        }

        return _unquoted.AsSpan(0, length);
    }

    /// <summary>The range of a cell in the record. The length is complemented if the cell has quotes to remove.</summary>
    private readonly record struct Place(int Start, int Length);
}
