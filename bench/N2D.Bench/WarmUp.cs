using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Runs work for the just-in-time compiler. Its seconds are reported separately, as for peers that compile.</summary>
internal static class WarmUp
{
    /// <summary>Uniform rows for the first fit.</summary>
    public static Matrix Rows(int rowCount, int columnCount)
    {
        var values = new float[rowCount * columnCount];
        var random = new Random(0);
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = random.NextSingle();
        }

        return Matrix.Own(values, columnCount);
    }
}
