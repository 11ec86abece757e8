using N2D.Numerics;

namespace N2D.Tests;

/// <summary>Rows for tests, drawn from known distributions.</summary>
internal static class RandomRows
{
    /// <summary>Uniform in [0, 1).</summary>
    public static Matrix Uniform(int rowCount, int columnCount, int seed = 0) =>
        Make(rowCount, columnCount, seed, (ref RandomSequence random, int _) => random.NextSingle());

    /// <summary>Normal rows around centers, in turn. The centers are uniform in a box of the given scale.</summary>
    public static (Matrix Rows, int[] Blobs) Blobs(int rowCount, int columnCount, int blobCount, float scale, int seed = 0)
    {
        var centers = Uniform(blobCount, columnCount, seed + 1000);
        var rows = Make(
            rowCount,
            columnCount,
            seed,
            (ref RandomSequence random, int place) =>
                (scale * centers[place / columnCount % blobCount, place % columnCount]) + (float)random.NextGaussian());
        return (rows, [.. Enumerable.Range(0, rowCount).Select(row => row % blobCount)]);
    }

    private delegate float Draw(ref RandomSequence random, int place);

    private static Matrix Make(int rowCount, int columnCount, int seed, Draw draw)
    {
        var values = new float[rowCount * columnCount];
        for (var row = 0; row < rowCount; row++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Sampling, row);
            for (var column = 0; column < columnCount; column++)
            {
                values[(row * columnCount) + column] = draw(ref random, (row * columnCount) + column);
            }
        }

        return Matrix.Own(values, columnCount);
    }
}
