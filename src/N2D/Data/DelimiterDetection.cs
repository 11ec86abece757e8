namespace N2D.Data;

/// <summary>Finds out what separates the cells of a text file.</summary>
internal static class DelimiterDetection
{
    /// <summary>How many lines are looked at.</summary>
    private const int LineCount = 32;

    /// <summary>
    /// The delimiters that are looked for. Comma comes last: with decimal commas it is as regular as the true delimiter.
    /// </summary>
    private static readonly (char Character, string Name, string Argument)[] Candidates =
    [
        ('\t', "tab", "\"`t\""),
        (';', "semicolon", "';'"),
        ('|', "bar", "'|'"),
        (',', "comma", "','"),
    ];

    /// <summary>The delimiter of a file: tab for .tsv and .tab, else the first that every line holds equally often; comma if none does.</summary>
    /// <param name="fileName">The file's name, with or without .gz.</param>
    /// <param name="text">How the file begins.</param>
    public static char Detect(string fileName, string text)
    {
        var lines = FirstLines(text);
        var extension = Path.GetExtension(fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? fileName[..^3] : fileName);
        if (extension.Equals(".tsv", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tab", StringComparison.OrdinalIgnoreCase))
        {
            return '\t';
        }

        foreach (var (candidate, _, _) in Candidates)
        {
            if (IsRegular(lines, candidate))
            {
                return candidate;
            }
        }

        // No delimiter is regular, so that a line is ragged: the one that is anywhere makes the better error.
        return Candidates.Select(candidate => candidate.Character).FirstOrDefault(candidate => lines.Any(line => CountOf(line, candidate) > 0), ',');
    }

    /// <summary>What a cell that is no number says about the delimiter, as the end of a sentence; null if nothing.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="delimiter">The delimiter that it was cut out by.</param>
    /// <param name="isWholeLine">Whether it is the only cell of its line.</param>
    public static string? Suggest(string cell, char delimiter, bool isWholeLine)
    {
        foreach (var (candidate, name, argument) in Candidates)
        {
            if (candidate != delimiter && cell.Contains(candidate) && (candidate != ',' || isWholeLine))
            {
                return $"the file looks {name}-separated: try -Delimiter {argument}";
            }
        }

        var parts = cell.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return isWholeLine && parts.Length > 1 && parts.All(part => NumberText.TryParse(part, out _))
            ? "the file looks separated by spaces: try -Delimiter ' ' if it is one space each, else save it with commas"
            : null;
    }

    private static string[] FirstLines(string text)
    {
        var lines = text.Split('\n');

        // The last line may be cut off where the buffer ended.
        return [.. (lines.Length > 1 ? lines[..^1] : lines).Where(line => !string.IsNullOrWhiteSpace(line)).Take(LineCount)];
    }

    private static bool IsRegular(string[] lines, char candidate) =>
        lines.Length > 0 && CountOf(lines[0], candidate) is > 0 and var count && lines.All(line => CountOf(line, candidate) == count);

    /// <summary>How often the character stands outside of quotes.</summary>
    private static int CountOf(string line, char candidate)
    {
        var count = 0;
        var quoted = false;
        foreach (var character in line)
        {
            quoted ^= character == '"';
            count += !quoted && character == candidate ? 1 : 0;
        }

        return count;
    }
}
