namespace N2D.Data;

/// <summary>Reads the records in the first part of a file without changing the position in the file.</summary>
/// <param name="text">The first part.</param>
/// <param name="isWhole">Whether the text extends to the end of the file.</param>
/// <param name="delimiter">The character between cells; null for any run of blanks and tabs.</param>
/// <param name="comment">Lines that start with this text are skipped; null to skip none.</param>
/// <param name="cancellation">Cancels the work.</param>
internal ref struct SampleReader(ReadOnlySpan<char> text, bool isWhole, char? delimiter, string? comment, CancellationToken cancellation)
{
    /// <summary>The maximum number of records: the first one and 100 below it.</summary>
    public const int MaxRecords = 101;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly RecordParser _parser = new(delimiter, cancellation);
    private int _expectedCount;
    private int _read;

    /// <summary>The position after the record.</summary>
    public int End { get; private set; }

    /// <summary>The number of lines up to the end of the record.</summary>
    public int LinesToEnd { get; private set; }

    /// <summary>The text of the record.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>The cells of the record.</summary>
    public readonly RecordCells Cells => _parser.Cells;

    /// <summary>Copies the cells of the record.</summary>
    public readonly string[] ToArray() => Cells.ToArray(Text, cancellation);

    /// <summary>Goes to the next record with a cell that is not empty.</summary>
    /// <returns>False at the end of the text, or after <see cref="MaxRecords"/>.</returns>
    public bool Read()
    {
        while (_read < MaxRecords && End < _text.Length)
        {
            var rest = _text[End..];
            if (!string.IsNullOrEmpty(comment) && rest.StartsWith(comment, StringComparison.Ordinal))
            {
                var found = LineBreaks.FirstLine(rest, isWhole, out var length);
                End += found < 0 ? rest.Length : length;
                LinesToEnd++;
                continue;
            }

            if (!Parse(rest))
            {
                return false;
            }

            Text = rest[..Cells.Length];
            End += Cells.Length;
            LinesToEnd += Cells.Lines;
            if (!Text.IsWhiteSpace() && !Cells.AreEmpty(Text))
            {
                _expectedCount = Cells.Count;
                _read++;
                return true;
            }
        }

        return false;
    }

    private readonly bool Parse(ReadOnlySpan<char> rest)
    {
        var status = _parser.Parse(rest, isWhole, _expectedCount);
        if (status == SplitStatus.NeedsMore && _read > 0)
        {
            // A single quote, such as an inch mark, opens a cell up to the end of the sample. As a literal, it gives a record of one line.
            status = _parser.Parse(rest, isWhole: true, _expectedCount);
            return status == SplitStatus.Complete && Cells.Length < rest.Length && Cells.Lines == 1;
        }

        return status == SplitStatus.Complete;
    }
}
