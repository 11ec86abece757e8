using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Rows of ten Gaussians in ten dimensions, with a tenth of uniform noise.</summary>
internal static class NoisyMixture
{
    public const int Dimension = 10;
    private const int ComponentCount = 10;

    public static Matrix Draw(int rowCount)
    {
        var centers = new float[ComponentCount * Dimension];
        var draw = new RandomSequence(0, RandomPurpose.Sampling, row: -1);
        foreach (ref var value in centers.AsSpan())
        {
            value = 10 * draw.NextSingle();
        }

        var values = new float[rowCount * Dimension];
        for (var row = 0; row < rowCount; row++)
        {
            var random = new RandomSequence(0, RandomPurpose.Sampling, row);
            var component = random.NextInt32(ComponentCount);
            var isNoise = random.NextInt32(10) == 0;
            for (var column = 0; column < Dimension; column++)
            {
                values[(row * Dimension) + column] = isNoise ? 10 * random.NextSingle() : centers[(component * Dimension) + column] + (float)random.NextGaussian();
            }
        }

        return Matrix.Own(values, Dimension);
    }
}
