using System.Globalization;

namespace N2D.Reports;

/// <summary>Writes numbers that stand in one column with the same number of decimals.</summary>
internal sealed class FigureFormat
{
    private const int MaxDecimals = 6;

    /// <summary>From this magnitude on, decimals mean nothing and digits are hard to read.</summary>
    private const double TooLarge = 1e9;

    private readonly string _format;

    private FigureFormat(string format) => _format = format;

    /// <summary>Keeps up to six digits of each number.</summary>
    /// <param name="values">The numbers of the column; NaN for none.</param>
    public static FigureFormat Exact(IEnumerable<double> values) =>
        Of(values, "G6", DecimalsOf);

    /// <summary>Rounds the numbers, the smallest of them to a number of digits.</summary>
    /// <param name="values">The numbers of the column; NaN for none.</param>
    /// <param name="digits">The number of digits.</param>
    /// <param name="most">The most decimals.</param>
    public static FigureFormat Rounded(IEnumerable<double> values, int digits, int most) =>
        Of(values, $"G{digits}", value => DecimalsOf(value, digits, most));

    /// <summary>Writes a number; empty if it is not a number.</summary>
    /// <param name="value">The number.</param>
    public string TextOf(double value) => double.IsNaN(value) ? "" : value.ToString(_format, CultureInfo.InvariantCulture);

    private static int DecimalsOf(double value, int digits, int most)
    {
        var (magnitude, decimals) = (Math.Abs(value), digits - 1);
        for (; magnitude >= 10 && decimals > 0; magnitude /= 10)
        {
            decimals--;
        }

        for (; magnitude is > 0 and < 1 && decimals < most; magnitude *= 10)
        {
            decimals++;
        }

        return value == 0 ? 0 : Math.Min(decimals, most);
    }

    private static int DecimalsOf(double value)
    {
        var text = value.ToString("G6", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) ? MaxDecimals + 1 : text.Split('.') is [_, var decimals] ? decimals.Length : 0;
    }

    private static FigureFormat Of(IEnumerable<double> values, string free, Func<double, int> decimalsOf)
    {
        double[] numbers = [.. values.Where(double.IsFinite)];
        var decimals = numbers.Select(decimalsOf).DefaultIfEmpty(0).Max();
        var isFree = decimals > MaxDecimals || numbers.Any(value => Math.Abs(value) >= TooLarge);
        return new FigureFormat(isFree ? free : string.Create(CultureInfo.InvariantCulture, $"F{decimals}"));
    }
}
