using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>Sets values to zero at random, as the input of a denoising autoencoder (Vincent et al., 2008).</summary>
internal static class Corruption
{
    private const int RowsPerBlock = 32;

    /// <summary>
    /// Copies rows and sets some of their values to zero. The choice depends on nothing but the seed, the row and the epoch.
    /// </summary>
    /// <param name="rows">m x d.</param>
    /// <param name="indices">The indices of the rows.</param>
    /// <param name="options">The seed and the share of values to set to zero.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="corrupted">Receives the copies, m x d.</param>
    /// <param name="execution">Threads.</param>
    public static unsafe void Apply(
        MatrixView rows, ReadOnlySpan<int> indices, AutoencoderOptions options, int epoch, MatrixView corrupted, Execution execution)
    {
        var numbers = indices.ToArray();
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var random = new RandomSequence(options.Seed, RandomPurpose.Corruption, numbers[row], epoch);
                var source = rows.Row(row);
                var target = corrupted.Row(row);
                for (var column = 0; column < rows.ColumnCount; column++)
                {
                    target[column] = random.NextSingle() < options.Corruption ? 0 : source[column];
                }
            }
        });
    }
}
