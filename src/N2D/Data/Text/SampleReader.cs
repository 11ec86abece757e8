namespace N2D.Data;

/// <summary>Reads the records in the first part of a file without moving on in it.</summary>
/// <param name="text">The first part.</param>
/// <param name="isWhole">Whether the file ends where the text does.</param>
/// <param name="delimiter">The character between cells; null for any run of blanks and tabs.</param>
/// <param name="comment">Lines that start with this text are skipped; null to skip none.</param>
/// <param name="cancellation">Ends the reading of long records.</param>
internal ref struct SampleReader(ReadOnlySpan<char> text, bool isWhole, char? delimiter, string? comment, CancellationToken cancellation)
{
    /// <summary>The number of records in the sample: the first one and 100 below it.</summary>
    public const int MostRecords = 101;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly RecordParser _parser = new(delimiter, cancellation);
    private int _expectedCount;
    private int _read;

    /// <summary>The position behind the record.</summary>
    public int End { get; private set; }

    /// <summary>The lines up to the end of the record.</summary>
    public int LinesToEnd { get; private set; }

    /// <summary>The text of the record.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>The cells of the record.</summary>
    public readonly RecordCells Cells => _parser.Cells;

    /// <summary>The cells of the record, to keep.</summary>
    public readonly string[] ToArray() => Cells.ToArray(Text, cancellation);

    /// <summary>Goes to the next record that is not blank and has a cell that is not empty.</summary>
    /// <returns>False at the end of the text, or after <see cref="MostRecords"/>.</returns>
    public bool Read()
    {
        while (_read < MostRecords && End < _text.Length)
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
            // A lone quote, such as an inch mark, opens a cell up to the end of the sample. Literally, it gives a record of one line.
            status = _parser.Parse(rest, isWhole: true, _expectedCount);
            return status == SplitStatus.Complete && Cells.Length < rest.Length && Cells.Lines == 1;
        }

        return status == SplitStatus.Complete;
    }
}
