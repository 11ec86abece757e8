namespace N2D.Numerics;

/// <summary>Exponentials, logarithms, powers and cosines with the same bits on every system.</summary>
/// <remarks>
/// <see cref="Math"/> calls the C library of the system for these functions, and the libraries differ in the last bit. An iteration can
/// make different clusters of that. The functions here compute about 68 bits and round them, so that nearly every result is the double
/// nearest to the exact value. Exponentials and logarithms follow Tang (1989, 1990): reduce the argument by a table, and add a short
/// series. They take three to five times as long as the library's; <see cref="Exponential"/> is the fast one for loops.
/// </remarks>
internal static class PortableMath
{
    private const int TableBits = 6;
    private const int TableSize = 1 << TableBits;

    // e^x is 0 below the first limit, and infinite above the second.
    private const double LeastExponent = -746;
    private const double GreatestExponent = 710;

    // The table of logarithms has an entry for each mantissa m, from sqrt(1/2) to sqrt(2), rounded to a multiple of 1/64.
    private const int FirstMantissa = 45;
    private const int LastMantissa = 91;

    // Reciprocals of the mantissas are rounded to multiples of 1/512, so that their products with a mantissa have an exact rest.
    private const int ReciprocalScale = 512;

    private static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    private static readonly DoubleDouble Ln10 = new(2.302585092994046, -2.1707562233822494e-16);
    private static readonly DoubleDouble HalfPi = new(1.5707963267948966, 6.123233995736766e-17);

    // 1 / n!, for n = 4, 6 and 8 to 20, and for n = 3, 5, 7 and 9 to 21.
    private static readonly DoubleDouble[] CosineFirst = [DoubleDouble.Reciprocal(24), DoubleDouble.Reciprocal(720)];
    private static readonly double[] CosineRest = FactorialReciprocals(8, 7);
    private static readonly DoubleDouble[] SineFirst =
        [DoubleDouble.Reciprocal(6), DoubleDouble.Reciprocal(120), DoubleDouble.Reciprocal(5040)];
    private static readonly double[] SineRest = FactorialReciprocals(9, 7);

    // 2^(i / 64).
    private static readonly DoubleDouble[] Powers = TablePowers();
    private static readonly double[] Reciprocals = TableReciprocals();

    // The logarithms of the reciprocals, negated.
    private static readonly DoubleDouble[] Logarithms = Array.ConvertAll(Reciprocals, reciprocal => -SolveLogarithm(reciprocal));

    private static readonly DoubleDouble Log2E = Reciprocal(Ln2);
    private static readonly DoubleDouble Log10E = Reciprocal(Ln10);

    /// <summary>e^x.</summary>
    /// <param name="x">Any number.</param>
    public static double Exp(double x) => x switch
    {
        < LeastExponent => 0,
        > GreatestExponent => double.PositiveInfinity,
        _ when double.IsNaN(x) => x,
        _ => Exp((DoubleDouble)x),
    };

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">Any number. The logarithm of 0 is negative infinity, that of a negative number NaN.</param>
    public static double Log(double x) => IsRegular(x) ? LogOf(x).High : LogOfSpecial(x);

    /// <summary>The logarithm to base 2, exact for powers of 2.</summary>
    /// <inheritdoc cref="Log"/>
    public static double Log2(double x) => IsRegular(x) ? (LogOf(x) * Log2E).High : LogOfSpecial(x);

    /// <summary>The logarithm to base 10, exact for powers of 10.</summary>
    /// <inheritdoc cref="Log"/>
    public static double Log10(double x) => IsRegular(x) ? (LogOf(x) * Log10E).High : LogOfSpecial(x);

    /// <summary>x^y.</summary>
    /// <param name="x">The base, 0 or more. The result for a negative base is NaN.</param>
    /// <param name="y">The exponent.</param>
    public static double Pow(double x, double y)
    {
        if (y == 0)
        {
            return 1;
        }

        if (!IsRegular(x) || !double.IsFinite(y))
        {
            // Exact in every library.
            return x < 0 ? double.NaN : Math.Pow(x, y);
        }

        var logarithm = LogOf(x);
        return (logarithm.High * y) switch
        {
            < LeastExponent => 0,
            > GreatestExponent => double.PositiveInfinity,
            _ => Exp(logarithm * y),
        };
    }

    /// <summary>The cosine.</summary>
    /// <param name="x">The angle in radians. Range: -1000 to 1000.</param>
    public static double Cos(double x)
    {
        var quarters = Math.Round(x / HalfPi.High);
        var rest = x - (HalfPi * quarters);
        return ((int)quarters & 3) switch
        {
            0 => CosineSeries(rest).High,
            1 => -SineSeries(rest).High,
            2 => -CosineSeries(rest).High,
            _ => SineSeries(rest).High,
        };
    }

    /// <summary>The arccosine in radians, 0 to π. The error is below 1e-12 up to a distance of 1e-6 from -1 and 1.</summary>
    /// <param name="x">The cosine. Range: -1 to 1.</param>
    public static double Acos(double x)
    {
        if (x < 0)
        {
            return (2 * HalfPi.High) - Acos(-x);
        }

        // Abramowitz and Stegun 1964, 4.4.45, with an error below 7e-5, and two steps of Newton's method, which square the error.
        var angle = Math.Sqrt(1 - x) * (1.5707288 + (x * (-0.2121144 + (x * (0.0742610 - (0.0187293 * x))))));
        for (var step = 0; step < 2 && angle > 0; step++)
        {
            angle += (Cos(angle) - x) / Cos(HalfPi.High - angle);
        }

        return angle;
    }

    private static bool IsRegular(double x) => x > 0 && double.IsFinite(x);

    private static double LogOfSpecial(double x) => x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;

    private static double Exp(DoubleDouble x)
    {
        var (mantissa, exponent) = ExpParts(x);
        return Math.ScaleB(mantissa.High, exponent);
    }

    /// <summary>e^x as m 2^n, with m from 1 to 2.</summary>
    private static (DoubleDouble Mantissa, int Exponent) ExpParts(DoubleDouble x)
    {
        // x = k ln 2 / 64 + r.
        var k = Math.Round(x.High * (TableSize / Ln2.High));
        var r = x - (Ln2 * (k / TableSize));
        var h = r.High;
        var tail = h * h * h * (1.0 / 6 + (h * (1.0 / 24 + (h * (1.0 / 120 + (h * (1.0 / 720 + (h * (1.0 / 5040 + (h / 40320))))))))));
        var square = r * r;
        var series = r + new DoubleDouble(square.High / 2, (square.Low / 2) + tail);
        var power = Powers[(int)k & (TableSize - 1)];
        return (power + (power * series), (int)k >> TableBits);
    }

    private static DoubleDouble LogOf(double x)
    {
        // x = m 2^n, with m from sqrt(1/2) to sqrt(2).
        var n = Math.ILogB(x);
        var m = Math.ScaleB(x, -n);
        if (m > 1.4142135623730951)
        {
            (m, n) = (m / 2, n + 1);
        }

        // log m = log(m c) - log c, where c is near 1 / m, and m c = 1 + r.
        var entry = (int)((m * TableSize) + 0.5) - FirstMantissa;
        var product = DoubleDouble.Product(m, Reciprocals[entry]);
        var r = DoubleDouble.Sum(product.High - 1, product.Low);
        var h = r.High;
        var tail = h * h * h * (1.0 / 3 - (h * (1.0 / 4 - (h * (1.0 / 5 - (h * (1.0 / 6 - (h * (1.0 / 7 - (h * (1.0 / 8
            - (h * (1.0 / 9 - (h * (1.0 / 10 - (h / 11))))))))))))))));
        var square = r * r;
        var series = r + DoubleDouble.Sum(-square.High / 2, tail - (square.Low / 2));
        return (Ln2 * n) + (Logarithms[entry] + series);
    }

    /// <summary>cos r for |r| up to pi / 4: the Taylor series, its first terms with more bits.</summary>
    private static DoubleDouble CosineSeries(DoubleDouble r)
    {
        var z = r * r;
        return 1 - (z * (0.5 - (z * (CosineFirst[0] - (z * (CosineFirst[1] - (z * Alternate(CosineRest, z.High))))))));
    }

    /// <summary>sin r for |r| up to pi / 4.</summary>
    private static DoubleDouble SineSeries(DoubleDouble r)
    {
        var z = r * r;
        return r * (1 - (z * (SineFirst[0] - (z * (SineFirst[1] - (z * (SineFirst[2] - (z * Alternate(SineRest, z.High)))))))));
    }

    /// <summary>c0 - c1 z + c2 z^2 - ...</summary>
    private static double Alternate(double[] coefficients, double z)
    {
        var sum = 0.0;
        for (var term = coefficients.Length - 1; term >= 0; term--)
        {
            sum = coefficients[term] - (z * sum);
        }

        return sum;
    }

    /// <summary>1 / n! for each second n.</summary>
    private static double[] FactorialReciprocals(int first, int count)
    {
        var reciprocals = new double[count];
        var factorial = 1.0;
        for (var n = 2; n < first + (2 * count); n++)
        {
            factorial *= n;
            if (n >= first && (n - first) % 2 == 0)
            {
                reciprocals[(n - first) / 2] = 1 / factorial;
            }
        }

        return reciprocals;
    }

    private static DoubleDouble[] TablePowers()
    {
        DoubleDouble step = 2;
        for (var bit = 0; bit < TableBits; bit++)
        {
            step = DoubleDouble.Sqrt(step);
        }

        var powers = new DoubleDouble[TableSize];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * step;
        }

        return powers;
    }

    private static double[] TableReciprocals() =>
    [
        .. Enumerable.Range(FirstMantissa, LastMantissa - FirstMantissa + 1)
            .Select(mantissa => Math.Round((double)ReciprocalScale * TableSize / mantissa) / ReciprocalScale),
    ];

    /// <summary>The logarithm of a number near 1, as the root y of e^y = x.</summary>
    private static DoubleDouble SolveLogarithm(double x)
    {
        DoubleDouble y = 0;
        for (var iteration = 0; iteration < 8; iteration++)
        {
            // Newton's method in y, on e^-y = 1 / x.
            var (mantissa, exponent) = ExpParts(-y);
            y += (mantissa * (x * Math.ScaleB(1, exponent))) - 1;
        }

        return y;
    }

    private static DoubleDouble Reciprocal(DoubleDouble x)
    {
        // One step of Newton's method.
        DoubleDouble estimate = 1 / x.High;
        return estimate + (estimate * (1 - (x * estimate)));
    }
}
