using N2D.Numerics;

namespace N2D.Bench;

/// <summary>What the just-in-time compiler is given to do its work on; its seconds are told apart, as those of the peers that compile.</summary>
internal static class WarmUp
{
    /// <summary>Uniform rows for a first fit.</summary>
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
