namespace N2D.Data;

/// <summary>
/// Reads the records of a delimited text file one by one, without the header. Options that are not given are detected from the first
/// records. Cells are spans of the file's text, so reading a record allocates nothing.
/// </summary>
internal sealed class TextRecords
{
    private readonly InputFile _file;
    private readonly TextSource _source;
    private readonly TextWindow _window;
    private readonly RecordParser _parser;
    private readonly RecordCells _cells;
    private readonly TextFormat _format;
    private readonly CancellationToken _cancellation;
    private readonly LeadingLines _leading;
    private readonly TableShape _shape;
    private readonly char? _delimiter;
    private readonly bool _isDoubtfulComma;
    private readonly bool _hasGaps;
    private int _skippedComments;
    private int _repeatedTabs;
    private int _emptyRows;

    private TextRecords(InputFile file, TextFormat format, Execution execution)
    {
        (_file, _format, _cancellation) = (file, format, execution.CancellationToken);
        _source = new TextSource(file, format.Encoding);
        _window = new TextWindow(file, _source, execution);
        var sample = new TextSample(file, _window, format, _cancellation);
        sample.Fill();
        _leading = LeadingLines.Find(_window.Text, _window.IsAtEnd, findComments: format.Comment is null);
        _window.Advance(_leading.Length, _leading.Lines);
        _delimiter = sample.FindDelimiter(_leading, out _isDoubtfulComma);
        _parser = new RecordParser(_delimiter, _cancellation);
        _cells = _parser.Cells;
        var records = sample.Read(_delimiter);
        if (records.Count == 0)
        {
            // If there is text, reading it throws the precise error.
            _ = Next();
            throw file.Invalid(
                "EmptyFile", $" has no lines except blank ones{(_leading.Mark is null && format.Comment is null ? "" : " and comments")}.");
        }

        _hasGaps = records.Exists(record => RecordCells.HasGap(record.Cells));
        _shape = TableShape.Find(file, format, records, _leading.Comments, _delimiter, _window.Line, _cancellation);
        FirstCells = _shape.HeaderAdvice is null ? [] : records[_shape.SkippedRecords].Cells;
        if (_shape.SkippedRecords > 0)
        {
            var last = records[_shape.SkippedRecords - 1];
            _window.Advance(last.End, last.LinesToEnd);
        }

        LineNumber = _window.Line;
    }

    /// <summary>The number of columns. Records can have more or fewer cells: see <see cref="Count"/>.</summary>
    public int ColumnCount => _shape.ColumnCount;

    /// <summary>The column names in the file, empty for missing ones, or the given ones; null if there are none.</summary>
    public IReadOnlyList<string>? Header => _shape.Header;

    /// <summary>Advice if options say that the first record is data, but it looks like a header; null otherwise.</summary>
    public Advice? HeaderAdvice => _shape.HeaderAdvice;

    /// <summary>The cells of the record that <see cref="HeaderAdvice"/> is about.</summary>
    public IReadOnlyList<string> FirstCells { get; }

    /// <summary>The delimiter in messages: <c>a comma</c>, <c>whitespace</c>.</summary>
    public string DelimiterName => DelimiterGuess.NameOf(_delimiter);

    /// <summary>The line on which the record starts, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>The number of cells of the record, without empty ones after the last column.</summary>
    public int Count { get; private set; }

    /// <summary>The detected properties of the file, as sentences. Complete after all records are read.</summary>
    public IReadOnlyList<string> Notes =>
    [
        $"The cells are separated by {DelimiterName}{(_format.Delimiter is null && _leading.Delimiter is null ? "" : ", as set")}.",
        $"The encoding is {_source.EncodingName}.",
        .. _leading.Notes,
        .. _shape.Notes,
        .. _repeatedTabs == 0 ? [] : new[] { $"Repeated tabs were read as one in {Quantity.Of(_repeatedTabs, "record")}." },
        .. _emptyRows == 0
            ? []
            : new[] { $"{Quantity.Of(_emptyRows, "row")} without any value {(_emptyRows == 1 ? "was" : "were")} skipped." },
        .. _skippedComments == 0
            ? []
            : new[]
            {
                $"{Quantity.Of(_skippedComments, "comment line")} within the table {(_skippedComments == 1 ? "was" : "were")} skipped.",
            },
    ];

    /// <summary>Uncertain assumptions about the file; null if there are none. Complete after all records are read.</summary>
    public Advice? Warning
    {
        get
        {
            const string Encoding = nameof(TextFormat.Encoding), Delimiter = nameof(TextFormat.Delimiter);
            var encoding = _source.IsTakenForWindows1252
                ? new Advice($"The text is not valid UTF-8 and was read as Windows-1252. If letters are wrong, set {Encoding}.", Encoding)
                : null;
            var comma = _isDoubtfulComma
                ? new Advice($"Each line has one comma, read as a delimiter. If it is a decimal comma, use {Delimiter} ';'.", Delimiter)
                : null;
            return Advice.Join(comma, _shape.Warning, encoding);
        }
    }

    /// <summary>A cell, trimmed and without its quotes. Valid until the next cell or record.</summary>
    /// <param name="cell">The position of the cell, from 0.</param>
    public ReadOnlySpan<char> this[int cell] => _cells.Get(_window.Text, cell);

    /// <summary>Opens a file and detects its format from the first records.</summary>
    /// <param name="file">The file, at its beginning. The caller closes it.</param>
    /// <param name="format">The user's options.</param>
    /// <param name="execution">Progress, and cancellation within a second.</param>
    /// <exception cref="N2DException">
    /// The file is not text (<c>NotText</c>), has only blank lines (<c>EmptyFile</c>), has an invalid byte (<c>InvalidEncoding</c>), ends
    /// within quotes (<c>MisplacedQuote</c>), has a record that is too long (<c>RecordTooLong</c>), or does not have as many columns as
    /// names are given (<c>HeaderCountMismatch</c>).
    /// </exception>
    public static TextRecords Open(InputFile file, TextFormat format, Execution execution) => new(file, format, execution);

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="N2DException">See <see cref="Open"/>.</exception>
    public bool Read()
    {
        do
        {
            if (!Next())
            {
                Count = 0;
                return false;
            }
        }
        while (IsBlank() || IsComment() || IsEmptyRow());

        TrimExcess();
        return true;
    }

    /// <summary>Copies the cells of the record.</summary>
    public string[] ToArray()
    {
        var cells = new string[Count];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            cells[cell] = this[cell].ToString();
        }

        return cells;
    }

    private bool Next()
    {
        _window.Advance(_cells.Length, _cells.Lines);
        _cells.Clear();
        _cells.Lines = 0;
        SkipComments();
        LineNumber = _window.Line;
        while (true)
        {
            if (_window.Text.IsEmpty && !_window.Fill())
            {
                return false;
            }

            var status = _parser.Parse(_window.Text, _window.IsAtEnd || _window.IsFull, _shape?.ColumnCount ?? 0);
            if (status == SplitStatus.Complete && !(_window.IsFull && _cells.Length == _window.Text.Length))
            {
                Count = _cells.Count;
                return true;
            }

            if (status != SplitStatus.NeedsMore || _window.IsFull || !_window.Fill())
            {
                throw Broken(status);
            }
        }
    }

    private N2DException Broken(SplitStatus status)
    {
        if (status == SplitStatus.Unclosed)
        {
            var line = LineNumber + _parser.QuoteLine;
            return _file.Invalid(
                "MisplacedQuote",
                $", line {line}: the quote that opens a cell is never closed. Close it, or double each quote in a quoted cell.");
        }

        const string Delimiter = nameof(TextFormat.Delimiter);
        var limit = $"{TextWindow.LongestRecord >> 20} million characters";
        var advice = $"Check that the file is a table, and check {Delimiter}: {DelimiterName} was used.";
        return _file.Invalid(
            "RecordTooLong", $", line {LineNumber}: the record is longer than {limit} or has too many cells. {advice}", Delimiter);
    }

    private bool IsBlank() => _cells.Count == 0 || (_cells.Count == 1 && _cells.QuotedCount == 0 && this[0].IsEmpty);

    /// <summary>Whether the record is a comment below the first rows, such as the footer of numpy.savetxt.</summary>
    private bool IsComment()
    {
        if (_leading.Mark is not { } mark || (_cells.Count == _shape.ColumnCount && _cells.Count > 1)
            || _window.Text[.._cells.Length].TrimStart() is not [var first, ..] || first != mark)
        {
            return false;
        }

        _skippedComments++;
        return true;
    }

    /// <summary>Whether the record has only delimiters. In a table of one column, such a record is a missing value.</summary>
    private bool IsEmptyRow()
    {
        if (_shape.ColumnCount < 2 || !_cells.AreEmpty(_window.Text))
        {
            return false;
        }

        _emptyRows++;
        return true;
    }

    private void SkipComments()
    {
        if (string.IsNullOrEmpty(_format.Comment))
        {
            return;
        }

        while (StartsWithComment(_format.Comment))
        {
            _skippedComments++;
            int line, length;
            while ((line = LineBreaks.FirstLine(_window.Text, _window.IsAtEnd, out length)) < 0)
            {
                // The rest of the comment is not needed. A CR at the end can be half of a line break.
                _window.Advance(length - (_window.Text.EndsWith('\r') ? 1 : 0), 0);
                _window.Fill();
            }

            _window.Advance(length, 1);
        }
    }

    private bool StartsWithComment(string comment)
    {
        while (_window.Text.Length < comment.Length && _window.Fill())
        {
            // The comment can continue after the end of the window.
        }

        return _window.Text.StartsWith(comment, StringComparison.Ordinal);
    }

    private void TrimExcess()
    {
        while (Count > _shape.ColumnCount && this[Count - 1].IsEmpty)
        {
            Count--;
        }

        // In a file without gaps so far, two tabs in a row align columns.
        if (Count > _shape.ColumnCount && _delimiter == '\t' && !_hasGaps && _cells.TryDropEmpty(_window.Text, _shape.ColumnCount))
        {
            Count = _shape.ColumnCount;
            _repeatedTabs++;
        }
    }
}
