using System.Globalization;

namespace N2D.Data;

/// <summary>How numbers are written as text: the decimal separator, and the separator between groups of three digits, where one is allowed.</summary>
public sealed record NumberNotation
{
    /// <summary>The languages whose numbers have a decimal comma, by their two-letter codes; for machines that have no data of cultures.</summary>
    private const string CommaLanguages = " af az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id is it ka kk ky lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr tt uk uz vi ";

    /// <summary>Blanks of several widths group digits in print.</summary>
    private const string Blanks = " \u00a0\u202f\u2009'";

    private NumberNotation(char decimalSeparator, string groupSeparators) => (DecimalSeparator, GroupSeparators) = (decimalSeparator, groupSeparators);

    /// <summary>A decimal point, and no groups: how programs write numbers.</summary>
    public static NumberNotation Point { get; } = new('.', "");

    /// <summary>A decimal comma, and no groups.</summary>
    public static NumberNotation Comma { get; } = new(',', "");

    /// <summary>What stands before the fraction.</summary>
    public char DecimalSeparator { get; }

    /// <summary>What may stand between groups of three digits, one of these characters; empty if nothing may.</summary>
    public string GroupSeparators { get; }

    /// <summary>The notation of a culture.</summary>
    /// <param name="culture">The culture.</param>
    public static NumberNotation Of(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        var format = culture.NumberFormat;
        return format.NumberDecimalSeparator switch
        {
            "." => new('.', format.NumberGroupSeparator == "," ? "," : Blanks + "\u2019"),
            "," => new(',', format.NumberGroupSeparator is "." or "," ? "." : Blanks),
            _ => throw NotKnown(culture.Name),
        };
    }

    /// <summary>The notation of a culture by its name, such as <c>de-DE</c> or <c>en-US</c>; the empty name is the invariant culture.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="N2DException">There is no such culture (<c>CultureNotFound</c>).</exception>
    public static NumberNotation Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
        {
            return Of(CultureInfo.InvariantCulture);
        }

        try
        {
            // Without data of cultures the system either refuses a name or gives it the invariant culture's separators.
            var culture = CultureInfo.GetCultureInfo(name, predefinedOnly: true);
            if (!IsInvariantMode)
            {
                return Of(culture);
            }
        }
        catch (CultureNotFoundException) when (IsInvariantMode)
        {
        }
        catch (CultureNotFoundException)
        {
            throw NotKnown(name);
        }

        var language = name.Split('-', '_')[0].ToLowerInvariant();
        return language.Length is not (2 or 3) || !language.All(char.IsAsciiLetter) ? throw NotKnown(name)
            : !CommaLanguages.Contains($" {language} ", StringComparison.Ordinal) || name is "de-CH" or "es-MX" or "it-CH" ? new('.', "," + Blanks + "\u2019")
            : new(',', "." + Blanks);
    }

    /// <summary>Parses a number; True and False count as 1 and 0.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number; NaN and infinity come out as such.</param>
    public bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        return (DecimalSeparator == '.' && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) || TryParseOther(text, out value);
    }

    /// <summary>Whether text is a number with a comma that can be nothing but a decimal comma: <c>1,5</c> and <c>0,125</c>, but not <c>1,000</c>.</summary>
    /// <param name="text">The text.</param>
    internal static bool HasDecimalComma(ReadOnlySpan<char> text) => Comma.TryParse(text, out _) && text.Contains(',') && !IsGrouped(text, ",");

    /// <summary>Whether text is a number with commas that may separate groups of three digits: <c>1,000</c> and <c>12,345.6</c>, but not <c>0,125</c>.</summary>
    /// <param name="text">The text.</param>
    internal static bool HasGroups(ReadOnlySpan<char> text) => IsGrouped(text, ",");

    private static bool IsInvariantMode => AppContext.TryGetSwitch("System.Globalization.Invariant", out var isOn) && isOn;

    private bool TryParseOther(ReadOnlySpan<char> text, out double value)
    {
        if (text.Equals("True", StringComparison.OrdinalIgnoreCase) || text.Equals("False", StringComparison.OrdinalIgnoreCase))
        {
            value = text.Length == 4 ? 1 : 0;
            return true;
        }

        const int Longest = 64;
        if (text.Length > Longest || (DecimalSeparator == '.' && GroupSeparators.Length == 0))
        {
            value = 0;
            return false;
        }

        Span<char> plain = stackalloc char[text.Length];
        var length = 0;
        var isGrouped = GroupSeparators.Length > 0 && text.IndexOfAny(GroupSeparators) >= 0;
        if (isGrouped && !IsGrouped(text, GroupSeparators, DecimalSeparator))
        {
            value = 0;
            return false;
        }

        foreach (var character in text)
        {
            if (isGrouped && GroupSeparators.Contains(character))
            {
                continue;
            }

            // A point is no decimal separator here, and must not be taken for one.
            plain[length++] = character == DecimalSeparator ? '.' : character == '.' ? '?' : character;
        }

        return double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether the whole part of a number is cut into groups of three digits, the first of one to three and not 0.</summary>
    private static bool IsGrouped(ReadOnlySpan<char> text, string separators, char decimalSeparator = '.')
    {
        text = text.Trim();
        text = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        var end = text.IndexOfAny(decimalSeparator, 'e', 'E');
        var whole = end < 0 ? text : text[..end];
        var first = whole.IndexOfAny(separators);
        if (first is < 1 or > 3 || whole[0] == '0')
        {
            return false;
        }

        var separator = whole[first];
        for (var place = 0; place < whole.Length; place++)
        {
            var isSeparator = place >= first && (place - first) % 4 == 0;
            if (isSeparator ? whole[place] != separator : !char.IsAsciiDigit(whole[place]))
            {
                return false;
            }
        }

        return (whole.Length - first) % 4 == 0;
    }

    private static N2DException NotKnown(string name) => new(
        "CultureNotFound", ErrorKind.InvalidArgument, $"'{name}' is not a culture whose numbers can be read. Give a name such as en-US (1,234.5) or de-DE (1.234,5).", name);
}
