using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>
/// The scatter matrix of rows, Σ (x - μ)(x - μ)ᵀ, in double precision. Its columns are packed in panels for products with vectors.
/// </summary>
/// <remarks>
/// Each value is summed in the order of the rows, and each value of a product in the order of the columns, so that results are the same on
/// any number of threads.
/// </remarks>
internal sealed unsafe class ScatterMatrix : ISymmetricOperator
{
    private const int PanelWidth = SymmetricUpdate.PanelWidth;

    /// <summary>The number of rows that are added at once. Their panels must fit the second-level cache.</summary>
    private const int BatchSize = 128;

    /// <summary>The multiply-adds that repay the start of a thread.</summary>
    private const int MinProductsPerBlock = 1 << 21;

    private readonly Execution _execution;
    private readonly double[] _panels;

    /// <summary>Computes the scatter matrix of rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="means">The means of the columns, d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public ScatterMatrix(Matrix rows, double[] means, Execution execution)
    {
        Debug.Assert(means.Length == rows.ColumnCount, "There must be a mean for each column.");
        (Dimension, _execution) = (means.Length, execution);
        using var lower = new NativeArray<double>(ArraySize.Of(Dimension, Dimension));
        var stripCount = ScatterStrips.Count(Dimension, 1, execution.ThreadCount);
        ParallelRows.For(stripCount, 1, execution, (strip, _) => AddStrip(rows, means, strip, stripCount, lower.Values));
        for (var column = 0; column < Dimension; column++)
        {
            Trace += lower.Values[((nint)column * Dimension) + column];
        }

        _panels = Pack(lower.Span);
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <summary>The sum of the diagonal.</summary>
    public double Trace { get; }

    /// <summary>The whole matrix, d x d.</summary>
    public double[] ToArray()
    {
        var values = new double[Dimension * Dimension];
        for (var place = 0; place < values.Length; place++)
        {
            var (row, column) = Math.DivRem(place, Dimension);
            var (panel, lane) = Math.DivRem(column, PanelWidth);
            values[place] = _panels[(((panel * Dimension) + row) * PanelWidth) + lane];
        }

        return values;
    }

    /// <inheritdoc/>
    public void Multiply(double[] vectors, double[] products)
    {
        var vectorCount = vectors.Length / Dimension;
        Debug.Assert(
            vectors.Length == vectorCount * Dimension && vectorCount % DoubleMicroKernel.MR == 0 && products.Length == vectors.Length,
            "The vectors must fill whole micro-tiles.");
        var panelsPerBlock = Math.Max(1, MinProductsPerBlock / (vectors.Length * PanelWidth));
        ParallelRows.For(SymmetricUpdate.PanelCount(Dimension), panelsPerBlock, _execution, (start, end) =>
        {
            for (var panel = start; panel < end; panel++)
            {
                MultiplyPanel(vectors, vectorCount, panel, products);
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyPanel(double[] vectors, int vectorCount, int panel, double[] products)
    {
        var tile = stackalloc double[DoubleMicroKernel.TileSize];
        var firstColumn = panel * PanelWidth;
        var columnCount = Math.Min(PanelWidth, Dimension - firstColumn);
        fixed (double* sources = vectors, b = &_panels[panel * PanelWidth * Dimension])
        {
            for (var first = 0; first < vectorCount; first += DoubleMicroKernel.MR)
            {
                DoubleMicroKernel.Multiply<DoubleMicroKernel.Rows>(
                    sources + (first * Dimension), Dimension, b, Dimension, columnCount, tile);
                for (var vector = 0; vector < DoubleMicroKernel.MR; vector++)
                {
                    new ReadOnlySpan<double>(tile + (vector * PanelWidth), columnCount)
                        .CopyTo(products.AsSpan(((first + vector) * Dimension) + firstColumn, columnCount));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddStrip(Matrix rows, double[] means, int strip, int stripCount, double* lower)
    {
        var (firstPanel, endPanel, columnCount) = ScatterStrips.Panels(Dimension, strip, stripCount);
        using var batch = new NativeArray<double>((long)endPanel * PanelWidth * BatchSize);
        Span<int> numbers = stackalloc int[BatchSize];
        Span<double> roots = stackalloc double[BatchSize];
        roots.Fill(1);
        for (var start = 0; start < rows.RowCount; start += BatchSize)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(BatchSize, rows.RowCount - start);
            for (var place = 0; place < count; place++)
            {
                numbers[place] = start + place;
            }

            ScatterStrips.Pack(rows, numbers[..count], roots, means.AsSpan(0, columnCount), batch.Values);
            SymmetricUpdate.Add(batch.Values, count, columnCount, firstPanel, endPanel, 1, lower, Dimension);
        }
    }

    /// <summary>Packs the columns of a symmetric matrix, given its lower triangle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Pack(ReadOnlySpan<double> lower)
    {
        // The padding of the last panel stays undefined: nothing reads its products.
        var panels = GC.AllocateUninitializedArray<double>(ArraySize.Of(SymmetricUpdate.PanelCount(Dimension) * PanelWidth, Dimension));
        for (var row = 0; row < Dimension; row++)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            var values = lower.Slice(row * Dimension, row + 1);
            for (var column = 0; column < values.Length; column += PanelWidth)
            {
                var part = values[column..Math.Min(column + PanelWidth, values.Length)];
                part.CopyTo(panels.AsSpan((column * Dimension) + (row * PanelWidth), part.Length));
            }

            // The same values, as part of a column.
            var target = panels.AsSpan((row / PanelWidth * PanelWidth * Dimension) + (row % PanelWidth));
            for (var other = 0; other < row; other++)
            {
                target[other * PanelWidth] = values[other];
            }
        }

        return panels;
    }
}
