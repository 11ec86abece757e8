namespace N2D.Numerics;

/// <summary>A number as an unevaluated sum of two doubles, with about 106 bits (Dekker, 1971).</summary>
/// <param name="High">The sum, rounded to a double.</param>
/// <param name="Low">The rest, at most half an ulp of <paramref name="High"/>.</param>
/// <remarks>It uses sums, products and fused multiply-adds, each rounded once: the bits are the same everywhere.</remarks>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator -(DoubleDouble value) => new(-value.High, -value.Low);

    public static DoubleDouble operator +(DoubleDouble left, DoubleDouble right)
    {
        var sum = Sum(left.High, right.High);
        return Normalize(sum.High, sum.Low + (left.Low + right.Low));
    }

    public static DoubleDouble operator -(DoubleDouble left, DoubleDouble right) => left + -right;

    public static DoubleDouble operator *(DoubleDouble left, DoubleDouble right)
    {
        var product = Product(left.High, right.High);
        var low = Math.FusedMultiplyAdd(left.High, right.Low, product.Low);
        return Normalize(product.High, Math.FusedMultiplyAdd(left.Low, right.High, low));
    }

    /// <summary>The exact sum of two doubles (Knuth's TwoSum).</summary>
    public static DoubleDouble Sum(double left, double right)
    {
        var sum = left + right;
        var added = sum - left;
        return new DoubleDouble(sum, left - (sum - added) + (right - added));
    }

    /// <summary>The exact product of two doubles, unless it is near the limits of the format.</summary>
    public static DoubleDouble Product(double left, double right)
    {
        var product = left * right;
        return new DoubleDouble(product, Math.FusedMultiplyAdd(left, right, -product));
    }

    /// <summary>1 / x.</summary>
    public static DoubleDouble Reciprocal(double x) => new(1 / x, Math.FusedMultiplyAdd(-x, 1 / x, 1) / x);

    /// <summary>The square root of a number above 0.</summary>
    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        var root = Math.Sqrt(x.High);
        return Normalize(root, (Math.FusedMultiplyAdd(-root, root, x.High) + x.Low) / (2 * root));
    }

    /// <summary>The sum of a double and a much smaller one (Dekker's FastTwoSum).</summary>
    private static DoubleDouble Normalize(double high, double low)
    {
        var sum = high + low;
        return new DoubleDouble(sum, low - (sum - high));
    }
}
