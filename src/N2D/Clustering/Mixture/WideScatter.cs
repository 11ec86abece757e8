using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The sums of <see cref="WeightedSums"/> for wide rows: Σ r y yᵀ as a symmetric product of rows √r y, in batches that fit the caches.
/// </summary>
/// <remarks>
/// Threads divide the columns of the sums, not the rows, so that there is one array of sums for each Gaussian, however many threads there
/// are. Each sum adds its terms in the order of the rows.
/// </remarks>
internal static unsafe class WideScatter
{
    private const int BatchSize = 64;
    private const int PanelWidth = SymmetricUpdate.PanelWidth;

    // With fewer columns for each thread, copying the rows takes longer than the products.
    private const int MinPanelsPerStrip = 4;

    /// <summary>The number of strips into which the columns of a Gaussian's sums are divided, to have work for all threads.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="threadCount">The number of threads.</param>
    public static int StripCount(int dimension, int clusterCount, int threadCount) =>
        Math.Clamp((2 * threadCount) / clusterCount, 1, Math.Max(1, SymmetricUpdate.PanelCount(dimension) / MinPanelsPerStrip));

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
        var dimension = mean.Length;
        var panelCount = SymmetricUpdate.PanelCount(dimension);
        var (firstPanel, endPanel) = (Bound(panelCount, strip, stripCount), Bound(panelCount, strip + 1, stripCount));

        // The columns of a strip are multiplied by those before them.
        var columnCount = Math.Min(endPanel * PanelWidth, dimension);
        var batch = ArrayPool<double>.Shared.Rent(endPanel * PanelWidth * BatchSize);
        Span<int> numbers = stackalloc int[BatchSize];
        var count = 0;
        fixed (double* panels = batch, second = target)
        {
            for (var row = 0; row < weights.Length; row++)
            {
                if (weights[row] >= least)
                {
                    numbers[count++] = row;
                }

                if (count == BatchSize || (count > 0 && row == weights.Length - 1))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Pack(rows, numbers[..count], weights, mean[..columnCount], panels);
                    AddFirst(panels, numbers[..count], weights, firstPanel, endPanel, sums.First(target)[..columnCount]);
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

        ArrayPool<double>.Shared.Return(batch);
    }

    /// <summary>The first panel of a strip. Strips have about the same number of products below the diagonal.</summary>
    private static int Bound(int panelCount, int strip, int stripCount) =>
        (int)Math.Round(panelCount * Math.Sqrt((double)strip / stripCount));

    /// <summary>Packs √r (x - μ) of some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(
        Matrix rows, ReadOnlySpan<int> numbers, ReadOnlySpan<float> weights, ReadOnlySpan<double> mean, double* panels)
    {
        var panelSize = numbers.Length * PanelWidth;
        for (var place = 0; place < numbers.Length; place++)
        {
            var scale = Math.Sqrt(weights[numbers[place]]);
            var target = panels + (place * PanelWidth);
            fixed (float* values = rows.Row(numbers[place]))
            fixed (double* center = mean)
            {
                var first = 0;
                for (; first <= mean.Length - PanelWidth; first += PanelWidth, target += panelSize)
                {
                    for (var column = 0; column < PanelWidth; column += Vector256<double>.Count)
                    {
                        var value = Vector256.WidenLower(Vector128.Load(values + first + column).ToVector256Unsafe());
                        Vector256.Store(scale * (value - Vector256.Load(center + first + column)), target + column);
                    }
                }

                if (first < mean.Length)
                {
                    new Span<double>(target, PanelWidth).Clear();
                    for (var column = first; column < mean.Length; column++)
                    {
                        target[column - first] = scale * (values[column] - center[column]);
                    }
                }
            }
        }
    }

    /// <summary>Adds √r √r y to the first-order sums of a strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFirst(
        double* panels, ReadOnlySpan<int> numbers, ReadOnlySpan<float> weights, int firstPanel, int endPanel, Span<double> target)
    {
        Debug.Assert(target.Length <= endPanel * PanelWidth, "There must be a panel for all sums.");
        var sums = stackalloc double[PanelWidth];
        for (var panel = firstPanel; panel < endPanel; panel++)
        {
            var values = panels + (panel * numbers.Length * PanelWidth);
            var own = target[(panel * PanelWidth)..Math.Min((panel + 1) * PanelWidth, target.Length)];
            var (first, second, third) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
            foreach (var number in numbers)
            {
                var scale = Vector256.Create(Math.Sqrt(weights[number]));
                first = Vector256.MultiplyAddEstimate(scale, Vector256.Load(values), first);
                second = Vector256.MultiplyAddEstimate(scale, Vector256.Load(values + 4), second);
                third = Vector256.MultiplyAddEstimate(scale, Vector256.Load(values + 8), third);
                values += PanelWidth;
            }

            Vector256.Store(first, sums);
            Vector256.Store(second, sums + 4);
            Vector256.Store(third, sums + 8);
            for (var column = 0; column < own.Length; column++)
            {
                own[column] += sums[column];
            }
        }
    }
}
