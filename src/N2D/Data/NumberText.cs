using System.Globalization;

namespace N2D.Data;

/// <summary>Numbers as they stand in text files: with a decimal point, whatever the culture of the machine.</summary>
internal static class NumberText
{
    private static readonly string[] MissingMarks = ["NA", "N/A", "NULL", "NONE", "?", "-", "#N/A"];

    /// <summary>Whether text is a number of float32; NaN and infinity, written or by overflow, come out as such.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Whether text stands for a value that is not known.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text)
    {
        var trimmed = text.Trim();
        if (trimmed.IsEmpty)
        {
            return true;
        }

        foreach (var mark in MissingMarks)
        {
            if (trimmed.Equals(mark, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether text is neither a number nor missing.</summary>
    public static bool IsWord(ReadOnlySpan<char> text) => !IsMissing(text) && !TryParse(text, out _);

    /// <summary>Whether text is a number with a comma where the point should be, such as <c>1,5</c>.</summary>
    public static bool HasDecimalComma(string text) =>
        text.Count(character => character == ',') == 1 && TryParse(text.Replace(',', '.'), out _);
}
