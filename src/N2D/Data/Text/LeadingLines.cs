namespace N2D.Data;

/// <summary>The lines above a table that do not belong to it.</summary>
/// <param name="Length">The number of characters.</param>
/// <param name="Lines">The number of lines.</param>
/// <param name="Delimiter">The delimiter that Excel's <c>sep=</c> line names; null if there is none.</param>
/// <param name="Mark">The first character of comments; null if there are none.</param>
/// <param name="Comments">The comments, trimmed and without the mark. The last one can hold the column names.</param>
/// <param name="Notes">The skipped lines, as sentences.</param>
internal sealed record LeadingLines(
    int Length, int Lines, string? Delimiter, char? Mark, IReadOnlyList<string> Comments, IReadOnlyList<string> Notes)
{
    /// <summary>The number of lines below the comments that are checked.</summary>
    private const int LinesToCheck = 100;

    /// <summary>Finds the leading lines.</summary>
    /// <param name="text">The beginning of the file.</param>
    /// <param name="isWhole">Whether the text extends to the end of the file.</param>
    /// <param name="findComments">Whether to look for lines that start with # or %.</param>
    public static LeadingLines Find(ReadOnlySpan<char> text, bool isWhole, bool findComments)
    {
        var notes = new List<string>();
        string? delimiter = null;
        int length = 0, lines = 0;
        while (LineBreaks.FirstLine(text[length..], isWhole, out var next) is >= 0 and var lineLength && next > 0)
        {
            var line = text.Slice(length, lineLength);
            if (line.StartsWith("#TYPE ", StringComparison.OrdinalIgnoreCase))
            {
                notes.Add("The #TYPE line above the table was skipped.");
            }
            else if (delimiter is null && Separator(line) is { } separator)
            {
                delimiter = separator;
                notes.Add("The sep= line sets the delimiter.");
            }
            else
            {
                break;
            }

            length += next;
            lines++;
        }

        var table = new LeadingLines(length, lines, delimiter, null, [], notes);
        return findComments ? table.WithComments(text, isWhole) : table;
    }

    private LeadingLines WithComments(ReadOnlySpan<char> text, bool isWhole)
    {
        var comments = new List<string>();
        char? mark = null;
        int position = Length, lines = 0, end = Length, linesToEnd = 0;
        while (LineBreaks.FirstLine(text[position..], isWhole, out var next) is >= 0 and var lineLength && next > 0)
        {
            var line = text.Slice(position, lineLength).Trim();
            if (line is not (['#' or '%', ..] or []) || (mark is { } known && line is [var first, ..] && first != known))
            {
                break;
            }

            position += next;
            lines++;
            if (!line.IsEmpty)
            {
                mark = line[0];
                comments.Add(line.TrimStart(line[0]).Trim().ToString());
                (end, linesToEnd) = (position, lines);
            }
        }

        if (mark is null || !IsTable(text[position..], isWhole, mark.Value))
        {
            return this;
        }

        var skipped = comments.Count == 1 ? "1 line that starts" : $"{comments.Count} lines that start";
        return this with
        {
            Length = end,
            Lines = Lines + linesToEnd,
            Mark = mark,
            Comments = comments,
            Notes = [.. Notes, $"{skipped} with '{mark}' above the table {(comments.Count == 1 ? "is a comment" : "are comments")}."],
        };
    }

    /// <summary>Whether lines follow, and most of them do not start with the mark.</summary>
    private static bool IsTable(ReadOnlySpan<char> text, bool isWhole, char mark)
    {
        int lines = 0, marked = 0;
        while (lines < LinesToCheck && LineBreaks.FirstLine(text, isWhole, out var next) is >= 0 and var length && next > 0)
        {
            var line = text[..length].TrimStart();
            lines += line.IsEmpty ? 0 : 1;
            marked += !line.IsEmpty && line[0] == mark ? 1 : 0;
            text = text[next..];
        }

        return lines > 0 ? 2 * marked < lines : !isWhole && text.Length > 0;
    }

    /// <summary>Returns the delimiter in Excel's first line, such as <c>sep=;</c>; null for any other line.</summary>
    private static string? Separator(ReadOnlySpan<char> line)
    {
        var setting = line.Trim(" \"");
        if (setting.Length < 5 || !setting.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            // The trim above can remove a blank that is the delimiter.
            return setting.Equals("sep=", StringComparison.OrdinalIgnoreCase) && line.TrimEnd('"').EndsWith("= ", StringComparison.Ordinal)
                ? TextFormat.Whitespace
                : null;
        }

        var character = setting[4];
        return TextFormat.CanSeparate(character) && setting[4..].Trim(character).IsEmpty ? character.ToString() : null;
    }
}
