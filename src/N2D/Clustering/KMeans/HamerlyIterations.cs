using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// Lloyd's algorithm for k-means (Lloyd, 1982), accelerated with distance bounds (Hamerly, 2010): by the triangle inequality, most rows
/// keep their center without any distance computation. The result is the same.
/// </summary>
/// <remarks>
/// Each row has an upper bound on the distance to its own center, and a lower bound on the distance to all others. A center that moves by m
/// changes them by at most m. With few columns and centers, computing all distances with SIMD is faster than checking bounds.
/// </remarks>
internal sealed class HamerlyIterations
{
    private const int RowsPerCheck = 256;

    /// <summary>The number of coordinates of all centers up to which all distances are computed.</summary>
    private const int MaxDirectCoordinates = 512;

    private readonly Matrix _rows;
    private readonly ColumnBlocks? _blocks;
    private readonly IClusterAssignment? _device;
    private readonly int _clusterCount;
    private readonly NearestCenters _nearest;
    private readonly ClusterSums _sums;
    private readonly int[] _clusters;
    private readonly float[] _upper;
    private readonly float[] _lower;
    private readonly float[] _moves;
    private readonly float[] _halfGaps;

    /// <summary>Allocates the working memory, which several starts can use one after another.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="blocks">The same rows as column blocks; null to always use bounds.</param>
    /// <param name="weights">The weight of each row, above 0; null if each row counts once.</param>
    /// <param name="device">Assigns the rows instead of the processor; null for the processor.</param>
    public HamerlyIterations(
        Matrix rows, int clusterCount, ColumnBlocks? blocks = null, double[]? weights = null, IClusterAssignment? device = null)
    {
        (_rows, _device) = (rows, device);
        _blocks = (long)clusterCount * rows.ColumnCount <= MaxDirectCoordinates ? blocks : null;
        _clusterCount = clusterCount;
        _nearest = new NearestCenters(clusterCount, rows.ColumnCount);
        _sums = new ClusterSums(rows, clusterCount, weights);
        _clusters = new int[rows.RowCount];
        _upper = new float[rows.RowCount];
        _lower = new float[rows.RowCount];
        _moves = new float[clusterCount];
        _halfGaps = new float[clusterCount];
    }

    /// <summary>The cluster of each row, after a run.</summary>
    public int[] Clusters => _clusters;

    /// <summary>Iterates until no row changes its cluster, the centers hardly move, or the limit is reached.</summary>
    /// <param name="centers">The initial centers, k x d. Receives the final ones.</param>
    /// <param name="maxIterations">The largest number of iterations, 1 or more.</param>
    /// <param name="tolerance">The sum of the centers' squared moves at which the iteration has converged; 0 to disable.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="beforeIteration">Receives the number of each iteration, from 0.</param>
    /// <returns>The number of iterations, and whether they converged.</returns>
    public (int Iterations, bool Converged) Run(
        float[] centers, int maxIterations, double tolerance, Execution execution, Action<int>? beforeIteration = null)
    {
        Array.Fill(_clusters, -1);
        _sums.Clear();
        _device?.Start();
        Assign(centers, execution);
        for (var iteration = 0; iteration < maxIterations; iteration++)
        {
            beforeIteration?.Invoke(iteration);
            var squaredMoves = MoveToMeans(centers, execution);
            var isChanged = Assign(centers, execution);
            if (!isChanged || squaredMoves <= tolerance)
            {
                return (iteration + 1, true);
            }
        }

        return (maxIterations, false);
    }

    /// <summary>The squared distance from a row to the center of its cluster.</summary>
    /// <param name="row">The row.</param>
    /// <param name="centers">k x d values.</param>
    public double SquaredDistance(int row, ReadOnlySpan<float> centers)
    {
        var distance = (double)Distance(row, centers);
        return distance * distance;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Distance(int row, ReadOnlySpan<float> centers) =>
        FixedOrder.Distance(_rows.Row(row), centers.Slice(_clusters[row] * _rows.ColumnCount, _rows.ColumnCount));

    /// <summary>Assigns each row to its nearest center.</summary>
    /// <returns>Whether any row changed its cluster.</returns>
    private bool Assign(float[] centers, Execution execution)
    {
        if (_device is not null)
        {
            return _device.Assign(centers, _clusters, _sums, execution) > 0;
        }

        var changes = _blocks is { } blocks ? AssignBlocks(blocks, centers, execution) : AssignByBounds(centers, execution);
        _sums.Apply();
        return changes > 0;
    }

    /// <summary>Computes the distances of all rows to all centers.</summary>
    /// <returns>The number of rows that changed their cluster.</returns>
    private double AssignBlocks(ColumnBlocks blocks, float[] centers, Execution execution)
    {
        var blockSize = blocks.BlockSize;
        return ParallelRows.Sum(_rows.RowCount, _sums.PartRows, execution, (start, end) =>
        {
            Span<int> nearest = stackalloc int[blockSize];
            var changed = 0;
            for (var first = start; first < end; first += blockSize)
            {
                var count = Math.Min(blockSize, end - first);
                SquaredDistances.Nearest(blocks.Block(first), centers, blocks.ColumnCount, nearest[..ColumnBlocks.LaneCount(count)]);
                changed += Reassign(first, nearest[..count]);
            }

            return changed;
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Reassign(int first, ReadOnlySpan<int> centers)
    {
        var own = _clusters.AsSpan(first, centers.Length);
        if (own.SequenceEqual(centers))
        {
            return 0;
        }

        var changed = 0;
        for (var place = 0; place < centers.Length; place++)
        {
            if (own[place] != centers[place])
            {
                _sums.Move(first + place, own[place], centers[place]);
                own[place] = centers[place];
                changed++;
            }
        }

        return changed;
    }

    /// <summary>
    /// Updates the bounds after the centers moved by <see cref="_moves"/>, and computes distances only where the bounds do not suffice.
    /// </summary>
    /// <returns>The number of rows that changed their cluster.</returns>
    private double AssignByBounds(float[] centers, Execution execution)
    {
        _nearest.Set(centers);
        MeasureGaps(centers, execution);
        var (largest, farthest) = LargestMoves();
        return ParallelRows.Sum(_rows.RowCount, _sums.PartRows, execution, (start, end) =>
        {
            var scratch = new float[_nearest.ScratchLength];
            Span<int> unsettled = stackalloc int[RowsPerCheck];
            var changed = 0;
            for (var first = start; first < end; first += RowsPerCheck)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                var count = 0;
                for (var row = first; row < Math.Min(first + RowsPerCheck, end); row++)
                {
                    unsettled[count] = row;
                    count += KeepsCenter(row, centers, largest, farthest) ? 0 : 1;
                }

                changed += AssignToNearest(unsettled[..count], scratch);
            }

            return changed;
        });
    }

    /// <summary>Updates the bounds of a row.</summary>
    /// <returns>Whether they show that the center of its cluster is still the nearest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool KeepsCenter(int row, float[] centers, float largest, (int Center, float NextMove) farthest)
    {
        var own = _clusters[row];
        if (own < 0)
        {
            return false;
        }

        _upper[row] += _moves[own];
        _lower[row] -= own == farthest.Center ? farthest.NextMove : largest;
        var bound = MathF.Max(_halfGaps[own], _lower[row]);
        if (_upper[row] <= bound)
        {
            return true;
        }

        _upper[row] = Distance(row, centers);
        return _upper[row] <= bound;
    }

    /// <summary>Assigns rows to their nearest center, by all distances.</summary>
    /// <returns>The number of rows that changed their cluster.</returns>
    private int AssignToNearest(ReadOnlySpan<int> rows, float[] scratch)
    {
        Span<CenterDistances> found = stackalloc CenterDistances[RowsPerCheck];
        _nearest.Find(_rows, rows, found, scratch);
        var changed = 0;
        for (var place = 0; place < rows.Length; place++)
        {
            var (row, own, (center, nearest, next)) = (rows[place], _clusters[rows[place]], found[place]);
            (_upper[row], _lower[row]) = (MathF.Sqrt(nearest), MathF.Sqrt(next));
            if (center != own)
            {
                _sums.Move(row, own, center);
                _clusters[row] = center;
                changed++;
            }
        }

        return changed;
    }

    /// <summary>
    /// Computes half the distance from each center to the nearest other one. A row within it cannot be closer to another center.
    /// </summary>
    private void MeasureGaps(float[] centers, Execution execution)
    {
        var dimension = _rows.ColumnCount;
        ParallelRows.For(_clusterCount, 16, execution, (start, end) =>
        {
            for (var center = start; center < end; center++)
            {
                var nearest = float.PositiveInfinity;
                for (var other = 0; other < _clusterCount; other++)
                {
                    if (other != center)
                    {
                        nearest = MathF.Min(nearest, FixedOrder.Distance<float>(
                            centers.AsSpan(center * dimension, dimension), centers.AsSpan(other * dimension, dimension)));
                    }
                }

                _halfGaps[center] = nearest / 2;
            }
        });
    }

    /// <summary>The largest move of a center, and the second largest, which applies to the rows of that center.</summary>
    private (float Largest, (int Center, float NextMove) Farthest) LargestMoves()
    {
        var farthest = 0;
        for (var center = 1; center < _clusterCount; center++)
        {
            farthest = _moves[center] > _moves[farthest] ? center : farthest;
        }

        var next = 0f;
        for (var center = 0; center < _clusterCount; center++)
        {
            next = center == farthest ? next : MathF.Max(next, _moves[center]);
        }

        return (_moves[farthest], (farthest, next));
    }

    /// <summary>Moves the centers to the means of their rows.</summary>
    /// <returns>The sum of their squared moves.</returns>
    private double MoveToMeans(float[] centers, Execution execution)
    {
        var dimension = _rows.ColumnCount;
        var mean = new float[dimension];
        var squares = 0.0;
        var emptied = new List<int>();
        for (var cluster = 0; cluster < _clusterCount; cluster++)
        {
            if (_sums.Counts[cluster] == 0)
            {
                emptied.Add(cluster);
                continue;
            }

            _sums.Mean(cluster, mean);
            squares += Move(cluster, mean, centers);
        }

        if (emptied.Count > 0)
        {
            squares += MoveToFarthestRows(emptied, centers, execution);
        }

        return squares;
    }

    /// <summary>Moves the centers of empty clusters to the rows that are farthest from their centers.</summary>
    private double MoveToFarthestRows(List<int> emptied, float[] centers, Execution execution)
    {
        var distances = new float[_rows.RowCount];
        ParallelRows.For(_rows.RowCount, _sums.PartRows, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                distances[row] = Distance(row, centers);
            }
        });
        var squares = 0.0;
        foreach (var cluster in emptied)
        {
            var farthest = 0;
            for (var row = 1; row < distances.Length; row++)
            {
                farthest = distances[row] > distances[farthest] ? row : farthest;
            }

            distances[farthest] = 0;
            squares += Move(cluster, _rows.Row(farthest), centers);
        }

        return squares;
    }

    private double Move(int cluster, ReadOnlySpan<float> place, float[] centers)
    {
        var center = centers.AsSpan(cluster * place.Length, place.Length);
        _moves[cluster] = FixedOrder.Distance(place, center);
        place.CopyTo(center);
        return (double)_moves[cluster] * _moves[cluster];
    }
}
