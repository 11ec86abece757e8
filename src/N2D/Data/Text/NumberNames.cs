using System.Globalization;

namespace N2D.Data;

/// <summary>The evidence that numbers in the first record are column names, such as years, wavelengths or counters.</summary>
internal enum NumberNameEvidence
{
    /// <summary>They are repeated or have fractions.</summary>
    Against,

    /// <summary>They are distinct whole numbers, which can be names or data.</summary>
    Possible,

    /// <summary>They form a progression that the records below do not form.</summary>
    Likely,

    /// <summary>In addition, they are outside the range of the values below, or these have fractions.</summary>
    Certain,
}

/// <summary>Decides whether numbers in the first record are column names.</summary>
internal static class NumberNames
{
    /// <summary>The maximum share of progressions among the records below: with more, the first record is data as they are.</summary>
    private const double ChanceShare = 0.2;

    private const int MinSteppedFractions = 5;

    /// <summary>Evaluates the evidence.</summary>
    /// <param name="names">The numbers.</param>
    /// <param name="rows">The cells below the numbers, row by row.</param>
    /// <param name="hasCompany">Whether another cell of the record looks like a name or is empty.</param>
    public static NumberNameEvidence Judge(IReadOnlyList<string> names, IReadOnlyList<string[]> rows, bool hasCompany)
    {
        var values = Parse(names);
        if (values is null || rows.Count == 0 || values.Distinct().Count() < values.Length)
        {
            return NumberNameEvidence.Against;
        }

        var isWhole = names.All(IsWhole);
        var isProgression = IsProgression(values);
        if (!isWhole)
        {
            return isProgression && values.Length >= MinSteppedFractions && rows.Count >= 3
                && rows.Count(row => Parse(row) is { } numbers && IsProgression(numbers)) <= ChanceShare * rows.Count
                ? NumberNameEvidence.Likely
                : NumberNameEvidence.Against;
        }

        var isApart = IsOutside(values, rows);
        if (!(isProgression || IsMonotone(values)) || LooksTheSame(values, rows, isApart))
        {
            return NumberNameEvidence.Possible;
        }

        var fractions = FractionShare(rows);
        return (isProgression, values.Length) switch
        {
            (_, 1) => NumberNameEvidence.Possible,
            (true, 2) => (hasCompany || Math.Abs(values[1] - values[0]) == 1) && (fractions >= 0.9 || isApart)
                ? NumberNameEvidence.Certain
                : NumberNameEvidence.Possible,
            (true, 3) => fractions >= 0.5 || isApart ? NumberNameEvidence.Certain : NumberNameEvidence.Possible,
            (true, _) => fractions >= 0.5 || isApart || hasCompany ? NumberNameEvidence.Certain : NumberNameEvidence.Likely,
            (false, 2) => NumberNameEvidence.Possible,
            _ => fractions >= (hasCompany ? 0.5 : 0.9) ? NumberNameEvidence.Certain : NumberNameEvidence.Possible,
        };
    }

    /// <summary>Returns whether text is a whole number without a decimal point.</summary>
    public static bool IsWhole(string text) => text.Length > 0
        && text.AsSpan(text[0] is '-' or '+' ? 1 : 0) is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9');

    /// <summary>Returns the share of numbers with fractions or exponents in the rows.</summary>
    public static double FractionShare(IReadOnlyList<string[]> rows)
    {
        int fractions = 0, numbers = 0;
        foreach (var cell in rows.SelectMany(row => row).Where(cell => !MissingMarks.Default.Contains(cell)))
        {
            numbers++;
            fractions += IsWhole(cell) ? 0 : 1;
        }

        return numbers == 0 ? 0 : (double)fractions / numbers;
    }

    private static bool LooksTheSame(double[] names, IReadOnlyList<string[]> rows, bool isApart)
    {
        // Any two numbers form a progression, so their range decides.
        if (names.Length < 3)
        {
            return false;
        }

        var whole = rows.Where(row => row.All(IsWhole)).Select(row => Parse(row)).OfType<double[]>().ToArray();
        if (!IsProgression(names))
        {
            return whole.Count(IsMonotone) > rows.Count / 2;
        }

        // Values often grow over the years, but rarely by equal steps. Ascending rows count only if the names are within their range.
        return whole.Count(IsProgression) > ChanceShare * rows.Count
            || (!isApart && whole.Count(IsMonotone) > rows.Count / 2);
    }

    /// <summary>Whether no name is between the smallest and the largest number in its column.</summary>
    private static bool IsOutside(double[] names, IReadOnlyList<string[]> rows)
    {
        for (var column = 0; column < names.Length; column++)
        {
            var numbers = rows.Select(row => Parse([row[column]])).OfType<double[]>().Select(one => one[0]).ToArray();
            if (numbers.Length == 0 || (names[column] >= numbers.Min() && names[column] <= numbers.Max()))
            {
                return false;
            }
        }

        return rows.Count > 2;
    }

    private static bool IsProgression(double[] values)
    {
        var step = values.Length < 2 ? 0 : values[1] - values[0];
        for (var at = 2; at < values.Length; at++)
        {
            if (Math.Abs(values[at] - values[at - 1] - step) > 1e-3 * Math.Abs(step))
            {
                return false;
            }
        }

        return step != 0;
    }

    private static bool IsMonotone(double[] values)
    {
        var sign = values.Length < 2 ? 0 : Math.Sign(values[1] - values[0]);
        for (var at = 1; at < values.Length; at++)
        {
            if (Math.Sign(values[at] - values[at - 1]) != sign)
            {
                return false;
            }
        }

        return sign != 0;
    }

    private static double[]? Parse(IReadOnlyList<string> cells)
    {
        var values = new double[cells.Count];
        for (var cell = 0; cell < values.Length; cell++)
        {
            if (!double.TryParse(cells[cell], NumberStyles.Float, CultureInfo.InvariantCulture, out values[cell])
                || !double.IsFinite(values[cell]))
            {
                return null;
            }
        }

        return values;
    }
}
