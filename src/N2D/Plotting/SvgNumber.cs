using System.Globalization;
using System.Text.RegularExpressions;

namespace N2D.Plotting;

/// <summary>Rounds the numbers of SVG files, so that plots have the same bytes on every system.</summary>
/// <remarks>
/// Skia uses the C library to write eight significant digits. A value exactly between two of these is rounded to the even digit on Linux,
/// but up on Windows. The last two digits can be 48 and 49, or 50 and 51, but never 49 and 50. So both results give the same number with
/// six digits.
/// </remarks>
internal static partial class SvgNumber
{
    private const int MaxDecimals = 4;

    /// <summary>Rounds all numbers in the tags of an SVG file.</summary>
    /// <param name="svg">The content of the file.</param>
    public static string RoundAll(string svg) =>
        Tag().Replace(svg, tag => LongNumber().Replace(tag.Value, number => Rounded(number.Value)));

    /// <summary>Rounds a number to six digits, with at most four decimals.</summary>
    /// <param name="number">The number, without an exponent.</param>
    public static string Rounded(string number)
    {
        var value = decimal.Parse(number, CultureInfo.InvariantCulture);
        var decimals = MaxDecimals;
        for (var limit = 100m; decimals > 0 && Math.Abs(value) >= limit; limit *= 10)
        {
            decimals--;
        }

        return Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("0.####", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<![\w.#])-?\d+\.\d{3,}(?![\w.])""")]
    private static partial Regex LongNumber();
}
