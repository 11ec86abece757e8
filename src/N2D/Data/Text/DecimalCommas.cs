using System.Globalization;

namespace N2D.Data;

/// <summary>Distinguishes one column of numbers with decimal commas from two comma-separated columns of whole numbers.</summary>
/// <param name="IsOneColumn">Whether the commas can only be decimal commas.</param>
/// <param name="IsDoubtful">Whether the commas look like decimal commas, but can also be delimiters.</param>
internal readonly record struct DecimalCommas(bool IsOneColumn, bool IsDoubtful)
{
    private const int MinPairs = 3;

    /// <summary>Analyzes text with commas and no other delimiter.</summary>
    /// <param name="text">The beginning of the table.</param>
    /// <param name="isWhole">Whether the text extends to the end of the file.</param>
    /// <param name="comment">Lines that start with this text are skipped; null to skip none.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static DecimalCommas In(ReadOnlySpan<char> text, bool isWhole, string? comment, CancellationToken cancellation)
    {
        var (firsts, isFirst, hasName, hasWhole, hasFraction) = (new List<int>(), true, false, false, false);
        var reader = new SampleReader(text, isWhole, ',', comment, cancellation);
        for (; reader.Read(); isFirst = false)
        {
            var cells = reader.ToArray();
            if (isFirst && cells is [var name] && !NumberNames.IsWhole(name))
            {
                hasName = true;
            }
            else if (cells is [var first, var second] && reader.Cells.QuotedCount == 0
                && IsWhole(first, out var value) && NumberNames.IsWhole(second) && char.IsAsciiDigit(second[0]))
            {
                // 066 and -0 are not usual notations of whole numbers.
                firsts.Add(value);
                hasFraction |= first == "-0" || (second.Length > 1 && second[0] == '0');
            }
            else if (cells is [var single] && (NumberNames.IsWhole(single) || MissingMarks.Default.Contains(single)))
            {
                hasWhole |= NumberNames.IsWhole(single);
            }
            else
            {
                return default;
            }
        }

        if (firsts.Count < MinPairs)
        {
            return default;
        }

        // R writes row names, which count up, without a column name.
        return hasName ? new(hasFraction || !IsIncreasing(firsts), false) : new(hasWhole && hasFraction, !hasWhole && hasFraction);
    }

    private static bool IsWhole(string text, out int value)
    {
        value = 0;
        return NumberNames.IsWhole(text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsIncreasing(List<int> values)
    {
        for (var at = 1; at < values.Count; at++)
        {
            if (values[at] <= values[at - 1])
            {
                return false;
            }
        }

        return true;
    }
}
