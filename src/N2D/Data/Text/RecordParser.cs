namespace N2D.Data;

/// <summary>
/// Splits records into cells. If the usual quote rule gives the wrong number of cells, tries backslash escapes and literal quotes.
/// </summary>
/// <remarks>
/// CsvHelper is not suitable. Its quote mode applies to a whole file: in RFC 4180 mode it splits <c>"\"hi, you\""</c> at the comma, and a
/// single quote consumes the rest of the file without an error; in the other modes it does not remove quotes. Its delimiter is fixed text,
/// so aligned columns give empty cells. It creates a string for each record, which takes 2.5 times as long.
/// </remarks>
/// <param name="delimiter">The character between cells; null for any run of blanks and tabs.</param>
/// <param name="cancellation">Cancels the work.</param>
internal sealed class RecordParser(char? delimiter, CancellationToken cancellation)
{
    private readonly RecordSplitter _splitter = new(delimiter, cancellation);
    private bool _hasQuotedCells;

    /// <summary>The cells of the record.</summary>
    public RecordCells Cells { get; } = new();

    /// <summary>The line within the record on which the last quote opens, from 0.</summary>
    public int QuoteLine => _splitter.QuoteLine;

    /// <summary>Splits the first record of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isWhole">Whether the text extends to the end of the file.</param>
    /// <param name="expectedCount">The right number of cells; 0 if unknown.</param>
    public SplitStatus Parse(ReadOnlySpan<char> text, bool isWhole, int expectedCount)
    {
        var status = _splitter.Split(text, isWhole, QuoteRule.Doubled, Cells);
        if (status == SplitStatus.Complete && (Cells.QuotedCount == 0 || (!Cells.HasTail && Fits(text, expectedCount))))
        {
            _hasQuotedCells |= Cells.QuotedCount > 0;
            return status;
        }

        return status is SplitStatus.Complete or SplitStatus.Unclosed ? Reparse(text, isWhole, expectedCount, status) : status;
    }

    private SplitStatus Reparse(ReadOnlySpan<char> text, bool isWhole, int expectedCount, SplitStatus first)
    {
        var isUnclosed = first == SplitStatus.Unclosed;
        var reach = isUnclosed ? text : text[..Cells.Length];
        var isWrong = !isUnclosed && !Fits(text, expectedCount);
        var isAcrossLines = !isUnclosed && Cells.Lines > 1;
        if (reach.Contains("\\\"", StringComparison.Ordinal))
        {
            var status = _splitter.Split(text, isWhole, QuoteRule.Backslash, Cells);
            if (status == SplitStatus.NeedsMore || (status == SplitStatus.Complete && !Cells.HasTail && Fits(text, expectedCount)))
            {
                return status;
            }
        }

        // In a file with correctly quoted cells, an unclosed quote is an error, not an inch mark.
        var mayBeLiteral = isUnclosed ? !_hasQuotedCells : isAcrossLines || isWrong;
        if (mayBeLiteral && _splitter.Split(text, isWhole, QuoteRule.Literal, Cells) == SplitStatus.Complete && Fits(text, expectedCount))
        {
            return SplitStatus.Complete;
        }

        return _splitter.Split(text, isWhole, QuoteRule.Doubled, Cells);
    }

    private bool Fits(ReadOnlySpan<char> text, int expectedCount) =>
        expectedCount == 0 || Cells.Count == expectedCount || (Cells.Count > expectedCount && Cells.Width(text) <= expectedCount);
}
