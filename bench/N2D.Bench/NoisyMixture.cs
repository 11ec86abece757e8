using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Generates rows of ten Gaussians with 10 % uniform noise.</summary>
internal static class NoisyMixture
{
    public const int Dimension = 10;
    private const int ComponentCount = 10;

    /// <summary>Generates rows.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="dimension">The number of columns.</param>
    public static Matrix Draw(int rowCount, int dimension = Dimension)
    {
        var centers = new float[ComponentCount * dimension];
        var draw = new RandomSequence(0, RandomPurpose.Sampling, row: -1);
        foreach (ref var value in centers.AsSpan())
        {
            value = 10 * draw.NextSingle();
        }

        var values = new float[rowCount * dimension];
        for (var row = 0; row < rowCount; row++)
        {
            var random = new RandomSequence(0, RandomPurpose.Sampling, row);
            var component = random.NextInt32(ComponentCount);
            var isNoise = random.NextInt32(10) == 0;
            for (var column = 0; column < dimension; column++)
            {
                values[(row * dimension) + column] = isNoise
                    ? 10 * random.NextSingle()
                    : centers[(component * dimension) + column] + (float)random.NextGaussian();
            }
        }

        return Matrix.Own(values, dimension);
    }
}
