namespace N2D.Data;

/// <summary>A cell of the first record, compared with the cells below it.</summary>
internal sealed class FirstCell
{
    /// <summary>
    /// A column holds numbers if it has more than this many numbers per word, because a few words can mark missing values.
    /// </summary>
    private const int NumbersPerWord = 9;

    /// <summary>Compares a cell with the cells below it.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="rows">The records below. Some can be too short.</param>
    /// <param name="column">The column, from 0.</param>
    public FirstCell(string cell, IReadOnlyList<string[]> rows, int column)
    {
        Cell = cell;
        IsBoolean = bool.TryParse(cell, out _);
        IsMissingMark = cell.Length > 0 && MissingMarks.Default.Contains(cell);
        IsWord = !IsBoolean && IsWordOf(cell);
        IsNumber = cell.Length > 0 && !IsMissingMark && NumberNotation.Point.TryParse(cell, out var value) && double.IsFinite(value);
        if (!IsWord)
        {
            return;
        }

        string[] below =
            [.. rows.Where(row => column < row.Length && !MissingMarks.Default.Contains(row[column])).Select(row => row[column])];
        var words = below.Count(IsWordOf);
        IsOverNumbers = below.Length - words > NumbersPerWord * words;
        if (IsOverNumbers)
        {
            return;
        }

        var different = below.ToHashSet(StringComparer.Ordinal);
        Recurs = different.Contains(cell);
        IsAboveGroups = !Recurs && 2 * different.Count <= below.Length;
        IsLikeValues = cell.Any(char.IsAsciiDigit) && 2 * below.Count(other => HasSameStructure(cell, other)) > below.Length;
    }

    /// <summary>The text.</summary>
    public string Cell { get; }

    /// <summary>Whether it is not a number, not true or false, and not missing.</summary>
    public bool IsWord { get; }

    /// <summary>Whether it is a finite number.</summary>
    public bool IsNumber { get; }

    /// <summary>Whether it is true or false.</summary>
    public bool IsBoolean { get; }

    /// <summary>Whether it looks like a missing value, such as NA. It can still be a name: Na is sodium.</summary>
    public bool IsMissingMark { get; }

    /// <summary>Whether it is a word above numbers.</summary>
    public bool IsOverNumbers { get; }

    /// <summary>Whether it is a word that also occurs below.</summary>
    public bool Recurs { get; }

    /// <summary>Whether it is a word above words that are repeated.</summary>
    public bool IsAboveGroups { get; }

    /// <summary>Whether it is a word with digits, and most words below have letters and digits in the same order: r1 above r2.</summary>
    public bool IsLikeValues { get; }

    private static bool IsWordOf(string cell) => !MissingMarks.Default.Contains(cell) && !NumberNotation.Point.TryParse(cell, out _);

    /// <summary>Whether two words have letters, runs of digits and other characters in the same order.</summary>
    private static bool HasSameStructure(string one, string other)
    {
        int left = 0, right = 0;
        while (left < one.Length && right < other.Length)
        {
            if (char.IsAsciiDigit(one[left]) && char.IsAsciiDigit(other[right]))
            {
                left = SkipDigits(one, left);
                right = SkipDigits(other, right);
                continue;
            }

            if (one[left] != other[right] && !(char.IsLetter(one[left]) && char.IsLetter(other[right])))
            {
                return false;
            }

            left++;
            right++;
        }

        return left == one.Length && right == other.Length;
    }

    private static int SkipDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }
}
