using N2D.Numerics;

namespace N2D.Bench;

/// <summary>
/// Generates the Swiss roll, a two-dimensional sheet rolled up in three dimensions (Tenenbaum, de Silva and Langford, 2000).
/// </summary>
internal static class SwissRoll
{
    /// <summary>Generates rows.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>n x 3: t cos t, 21 v, t sin t with t = 1.5 pi (1 + 2 u), and u and v uniform over 0 to 1.</returns>
    public static Matrix Make(int rowCount, int seed)
    {
        var values = new float[3 * rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Sampling, row);
            var turn = 1.5 * Math.PI * (1 + (2 * random.NextDouble()));
            values[3 * row] = (float)(turn * Math.Cos(turn));
            values[(3 * row) + 1] = (float)(21 * random.NextDouble());
            values[(3 * row) + 2] = (float)(turn * Math.Sin(turn));
        }

        return Matrix.Own(values, 3);
    }
}
