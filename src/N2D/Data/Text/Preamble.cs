namespace N2D.Data;

/// <summary>Recognizes titles and other text above the header of a table, as reports and loggers write them.</summary>
internal static class Preamble
{
    /// <summary>The number of successive records of equal length that mark the beginning of the table.</summary>
    private const int BlockLength = 5;

    /// <summary>The minimum number of columns: in narrower tables, a title can be a header with a missing name.</summary>
    private const int MinColumns = 3;

    private const int MaxRecords = 50;
    private const double FilledInFirst = 0.6;
    private const double FilledInBlock = 0.25;

    /// <summary>Counts the records above the header.</summary>
    /// <param name="records">The first records, without blank ones.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>0 if the first record belongs to the table, or can belong to it.</returns>
    public static int CountIn(IReadOnlyList<string[]> records, CancellationToken cancellation)
    {
        var last = Math.Min(MaxRecords, records.Count - BlockLength);
        for (var start = 0; start <= last; start++)
        {
            if (WidthOfBlock(records, start) is > 0 and var width)
            {
                return start > 0 && IsAbove(records, start, width, cancellation) ? start : 0;
            }
        }

        return 0;
    }

    /// <summary>Returns the number of columns of the table that begins at a record; 0 if none begins there.</summary>
    private static int WidthOfBlock(IReadOnlyList<string[]> records, int start)
    {
        int width = 0, filled = 0;
        for (var at = start; at < start + BlockLength; at++)
        {
            if (records[at].Length != records[start].Length)
            {
                return 0;
            }

            width = Math.Max(width, Array.FindLastIndex(records[at], cell => cell.Length > 0) + 1);
            filled += FilledOf(records[at]);
        }

        return width >= MinColumns && FilledOf(records[start]) >= FilledInFirst * width && filled >= FilledInBlock * BlockLength * width
            ? width
            : 0;
    }

    private static bool IsAbove(IReadOnlyList<string[]> records, int start, int width, CancellationToken cancellation)
    {
        var isApart = true;
        foreach (var record in records.Take(start))
        {
            // Rows with missing values contain numbers, and the first line of word vectors contains only numbers.
            var filled = FilledOf(record);
            if (2 * filled > width || !Array.Exists(record, cell => cell.Length > 0 && !LooseNumber.Is(cell)))
            {
                return false;
            }

            isApart &= filled == 1 && record.Length != records[start].Length;
        }

        return isApart || HeaderGuess.Guess(records[start], [.. records.Skip(start + 1)], cancellation).IsHeader;
    }

    private static int FilledOf(string[] record) => record.Count(cell => cell.Length > 0);
}
