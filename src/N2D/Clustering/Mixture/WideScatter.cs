using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The sums of <see cref="WeightedSums"/> for wide rows: Σ r y yᵀ as a symmetric product of rows √r y, in batches that fit the caches.
/// </summary>
internal static unsafe class WideScatter
{
    private const int BatchSize = 64;
    private const int PanelWidth = SymmetricUpdate.PanelWidth;

    /// <summary>Adds all rows with a responsibility to a strip of the sums of a Gaussian.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="weights">The responsibility of each row.</param>
    /// <param name="least">The smallest responsibility that counts.</param>
    /// <param name="mean">A mean close to the rows.</param>
    /// <param name="strip">The strip.</param>
    /// <param name="stripCount">The number of strips.</param>
    /// <param name="sums">The layout of the sums.</param>
    /// <param name="target">Receives the sums.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddStrip(
        Matrix rows,
        ReadOnlySpan<float> weights,
        float least,
        ReadOnlySpan<double> mean,
        int strip,
        int stripCount,
        WeightedSums sums,
        double[] target,
        CancellationToken cancellationToken)
    {
        Debug.Assert(weights.Length == rows.RowCount && mean.Length == rows.ColumnCount, "There must be a weight for each row.");
        var (firstPanel, endPanel, columnCount) = ScatterStrips.Panels(mean.Length, strip, stripCount);
        var batch = ArrayPool<double>.Shared.Rent(endPanel * PanelWidth * BatchSize);
        try
        {
            Span<int> numbers = stackalloc int[BatchSize];
            Span<double> roots = stackalloc double[BatchSize];
            var count = 0;
            fixed (double* panels = batch, second = target)
            {
                for (var row = 0; row < weights.Length; row++)
                {
                    if (weights[row] >= least)
                    {
                        roots[count] = Math.Sqrt(weights[row]);
                        numbers[count++] = row;
                    }

                    if (count == BatchSize || (count > 0 && row == weights.Length - 1))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        ScatterStrips.Pack(rows, numbers[..count], roots, mean[..columnCount], panels);
                        AddFirst(panels, roots[..count], firstPanel, endPanel, sums.First(target)[..columnCount]);
                        SymmetricUpdate.Add(panels, count, columnCount, firstPanel, endPanel, 1, second, sums.Stride);
                        if (strip == 0)
                        {
                            foreach (var number in numbers[..count])
                            {
                                sums.Weight(target) += weights[number];
                            }
                        }

                        count = 0;
                    }
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(batch);
        }
    }

    /// <summary>Adds √r √r y to the first-order sums of a strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFirst(double* panels, ReadOnlySpan<double> roots, int firstPanel, int endPanel, Span<double> target)
    {
        Debug.Assert(target.Length <= endPanel * PanelWidth, "There must be a panel for all sums.");
        Span<double> sums = stackalloc double[PanelWidth];
        for (var panel = firstPanel; panel < endPanel; panel++)
        {
            var values = panels + (panel * roots.Length * PanelWidth);
            var own = target[(panel * PanelWidth)..Math.Min((panel + 1) * PanelWidth, target.Length)];
            sums.Clear();
            foreach (var root in roots)
            {
                ScaledVector.Add(new ReadOnlySpan<double>(values, PanelWidth), root, sums);
                values += PanelWidth;
            }

            for (var column = 0; column < own.Length; column++)
            {
                own[column] += sums[column];
            }
        }
    }
}
