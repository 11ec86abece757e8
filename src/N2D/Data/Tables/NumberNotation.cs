using System.Globalization;

namespace N2D.Data;

/// <summary>
/// The notation of numbers in text: the decimal separator, and the separators that are allowed between groups of three digits.
/// </summary>
public sealed record NumberNotation
{
    /// <summary>The two-letter codes of the languages with a decimal comma, for systems without culture data.</summary>
    private const string CommaLanguages =
        " af az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id is it ka kk ky lt "
        + "lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr tt uk uz vi ";

    /// <summary>The blanks of different widths that separate groups, and the apostrophe.</summary>
    private const string Blanks = " \u00a0\u202f\u2009'";

    /// <summary>The number of decimal digits that double always represents.</summary>
    private const int MaxDigits = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private NumberNotation(char decimalSeparator, string groupSeparators) =>
        (DecimalSeparator, GroupSeparators) = (decimalSeparator, groupSeparators);

    /// <summary>A decimal point without groups, as programs write numbers.</summary>
    public static NumberNotation Point { get; } = new('.', "");

    /// <summary>A decimal comma without groups.</summary>
    public static NumberNotation Comma { get; } = new(',', "");

    /// <summary>The character before the fraction.</summary>
    public char DecimalSeparator { get; }

    /// <summary>The characters that can separate groups of three digits; empty if groups are not allowed.</summary>
    public string GroupSeparators { get; }

    /// <summary>Returns the notation of a culture.</summary>
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

    /// <summary>Returns the notation of a culture, such as <c>de-DE</c> or <c>en-US</c>. The empty name is the invariant culture.</summary>
    /// <param name="name">The name of the culture.</param>
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
            // Without culture data, the system either rejects the name or returns the separators of the invariant culture.
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
            : !CommaLanguages.Contains($" {language} ", StringComparison.Ordinal) || name is "de-CH" or "es-MX" or "it-CH"
                ? new('.', "," + Blanks + "\u2019")
            : new(',', "." + Blanks);
    }

    /// <summary>Parses a number. True and False are 1 and 0.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number, which can be NaN or infinite.</param>
    /// <returns>Whether the text is a number.</returns>
    public bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        if (DecimalSeparator == '.' && TryParseShort(text, out value))
        {
            return true;
        }

        text = text.Trim();
        return (DecimalSeparator == '.' && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            || TryParseOther(text, out value);
    }

    /// <summary>
    /// Returns whether the comma in a number can only be a decimal comma: <c>1,5</c> and <c>0,125</c>, but not <c>1,000</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    internal static bool HasDecimalComma(ReadOnlySpan<char> text) =>
        Comma.TryParse(text, out _) && text.Contains(',') && !IsGrouped(text, ",", '.');

    /// <summary>
    /// Returns whether commas in a number can separate thousands: <c>1,000</c> and <c>12,345.6</c>, but not <c>0,125</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    internal static bool HasGroups(ReadOnlySpan<char> text) => IsGrouped(text, ",", '.');

    /// <summary>Returns whether points in a number can separate thousands: <c>1.000</c>, but not <c>0.125</c> or <c>1.5</c>.</summary>
    /// <param name="text">The text.</param>
    internal static bool HasPointGroups(string text) => IsGrouped(text, ".", ',');

    /// <summary>
    /// Parses a number of at most 15 digits, with an optional sign and decimal point, as nearly all cells hold. Its digits and the power of
    /// ten that divides them are exact in double, so the quotient is the nearest double (Clinger, 1990).
    /// </summary>
    private static bool TryParseShort(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        var place = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (text.Length - place is < 1 or > MaxDigits + 1)
        {
            return false;
        }

        var (digits, point) = (0L, -1);
        var start = place;
        for (; place < text.Length; place++)
        {
            var digit = (uint)(text[place] - '0');
            if (digit <= 9)
            {
                digits = (10 * digits) + digit;
            }
            else if (text[place] == '.' && point < 0)
            {
                point = place;
            }
            else
            {
                return false;
            }
        }

        var count = text.Length - start - (point < 0 ? 0 : 1);
        if (count is 0 or > MaxDigits)
        {
            return false;
        }

        var fraction = point < 0 ? 0 : text.Length - 1 - point;
        var magnitude = fraction == 0 ? digits : digits / PowersOfTen[fraction];
        value = start == 0 ? magnitude : -magnitude;
        return true;
    }

    /// <summary>
    /// Whether the system has no culture data (invariant mode). This is tested by its effect, because there are several ways to enable it.
    /// </summary>
    private static bool IsInvariantMode { get; } = !HasCultureData();

    private static bool HasCultureData()
    {
        try
        {
            return CultureInfo.GetCultureInfo("de-DE").NumberFormat.NumberDecimalSeparator == ",";
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private bool TryParseOther(ReadOnlySpan<char> text, out double value)
    {
        if (text.Equals("True", StringComparison.OrdinalIgnoreCase) || text.Equals("False", StringComparison.OrdinalIgnoreCase))
        {
            value = text.Length == 4 ? 1 : 0;
            return true;
        }

        if (IsInfinity(text))
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
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

            // A point that is not the decimal separator must not be parsed as one.
            plain[length++] = character == DecimalSeparator ? '.' : character == '.' ? '?' : character;
        }

        return double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether text is infinity as Python, R and Excel write it.</summary>
    private static bool IsInfinity(ReadOnlySpan<char> text)
    {
        text = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        return text.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || text.Equals("infinity", StringComparison.OrdinalIgnoreCase)
            || text is "\u221e";
    }

    /// <summary>
    /// Whether the integer part of a number is in groups of three digits. The first group has one to three digits and does not begin with
    /// 0.
    /// </summary>
    private static bool IsGrouped(ReadOnlySpan<char> text, string separators, char decimalSeparator)
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
        "CultureNotFound",
        ErrorKind.InvalidArgument,
        $"'{name}' is not a culture whose numbers can be read. Give a name such as en-US (1,234.5) or de-DE (1.234,5).",
        name);
}
