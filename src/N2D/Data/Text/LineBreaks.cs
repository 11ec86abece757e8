namespace N2D.Data;

/// <summary>Finds line breaks: CR LF, LF, or CR.</summary>
internal static class LineBreaks
{
    /// <summary>Counts the line breaks in a text.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Count('\n');
        for (var at = text.IndexOf('\r'); at >= 0;)
        {
            count += at + 1 < text.Length && text[at + 1] == '\n' ? 0 : 1;
            var next = text[(at + 1)..].IndexOf('\r');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return count;
    }

    /// <summary>Measures the first line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isWhole">Whether the text extends to the end of the file.</param>
    /// <param name="lengthWithBreak">The length including the line break.</param>
    /// <returns>The length without the line break; -1 if the line does not end in the text.</returns>
    public static int FirstLine(ReadOnlySpan<char> text, bool isWhole, out int lengthWithBreak)
    {
        var length = text.IndexOfAny('\r', '\n');
        lengthWithBreak = length < 0 ? text.Length : length + LengthAt(text, length, isWhole);
        return length < 0 ? (isWhole ? text.Length : -1) : lengthWithBreak == length ? -1 : length;
    }

    /// <summary>Returns the length of the line break at a position; 0 if the text ends within it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The position of the line break.</param>
    /// <param name="isWhole">Whether the text extends to the end of the file.</param>
    public static int LengthAt(ReadOnlySpan<char> text, int at, bool isWhole)
    {
        if (text[at] == '\n')
        {
            return 1;
        }

        if (at + 1 == text.Length)
        {
            return isWhole ? 1 : 0;
        }

        return text[at + 1] == '\n' ? 2 : 1;
    }
}
