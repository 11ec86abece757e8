namespace N2D.Data;

/// <summary>Tells one column of decimal commas from two columns of whole numbers with a comma between them.</summary>
/// <param name="IsOneColumn">Whether the commas can only be decimal commas.</param>
/// <param name="IsDoubtful">Whether they look like decimal commas, though the lines are regular with either meaning.</param>
internal readonly record struct DecimalCommas(bool IsOneColumn, bool IsDoubtful)
{
    private const int FewestPairs = 3;

    /// <summary>Judges a text that has commas and no other delimiter.</summary>
    /// <param name="text">How the table begins.</param>
    /// <param name="isWhole">Whether the file ends where the text does.</param>
    /// <param name="comment">Lines that start with this text are skipped; null to skip none.</param>
    /// <param name="cancellation">Ends the look at long records.</param>
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
            else if (cells is [var first, var second] && reader.Cells.QuotedCount == 0 && IsWhole(first, out var value) && NumberNames.IsWhole(second) && char.IsAsciiDigit(second[0]))
            {
                // Whole numbers are not written as 066 or -0.
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

        if (firsts.Count < FewestPairs)
        {
            return default;
        }

        // R leaves out the name of the row names, which count up.
        return hasName ? new(hasFraction || !IsIncreasing(firsts), false) : new(hasWhole && hasFraction, !hasWhole && hasFraction);
    }

    private static bool IsWhole(string text, out int value)
    {
        value = 0;
        return NumberNames.IsWhole(text) && int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out value);
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
