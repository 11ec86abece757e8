using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// k-means: each row goes to its nearest center, each center to the mean of its rows (Lloyd, 1982). By the triangle inequality, bounds on the
/// distances tell of most rows that they keep their center without measuring any (Hamerly, 2010); the outcome is the same.
/// </summary>
/// <remarks>
/// A row has two bounds: its distance from its own center is at most the upper, from every other at least the lower. A center that moves by m moves
/// them by at most m. Few columns and centers take less time to measure, many rows at once, than bounds to look at: there all distances are measured.
/// </remarks>
internal sealed class HamerlyIterations
{
    private const int RowsPerCheck = 256;

    /// <summary>Up to so many coordinates of centers, a row's distances are measured without looking at bounds.</summary>
    private const int MostDirectCoordinates = 512;

    private readonly Matrix _rows;
    private readonly ColumnBlocks? _blocks;
    private readonly int _clusterCount;
    private readonly NearestCenters _nearest;
    private readonly ClusterSums _sums;
    private readonly int[] _clusters;
    private readonly float[] _upper;
    private readonly float[] _lower;
    private readonly float[] _moves;
    private readonly float[] _halfGaps;

    /// <summary>Makes room for the bounds; several starts can follow one another in it.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="blocks">The same rows, laid out for measuring many at once; null to go by bounds whatever the numbers of columns and clusters.</param>
    /// <param name="weights">What each row counts, above 0; null where each counts once.</param>
    public HamerlyIterations(Matrix rows, int clusterCount, ColumnBlocks? blocks = null, double[]? weights = null)
    {
        _rows = rows;
        _blocks = (long)clusterCount * rows.ColumnCount <= MostDirectCoordinates ? blocks : null;
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

    /// <summary>Refines centers until no row changes its cluster, the centers hardly move, or the iterations are used up.</summary>
    /// <param name="centers">k x d starting centers; takes the refined ones.</param>
    /// <param name="maxIterations">The largest number of iterations, 1 or more.</param>
    /// <param name="tolerance">The sum of the centers' squared moves at which they are taken to stand; 0 for no such end.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="beforeIteration">Told the number of each iteration, from 0.</param>
    /// <returns>The iterations done, and whether they ended before they were used up.</returns>
    public (int Iterations, bool Converged) Run(
        float[] centers, int maxIterations, double tolerance, Execution execution, Action<int>? beforeIteration = null)
    {
        Array.Fill(_clusters, -1);
        _sums.Clear();
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

    /// <summary>The squared distance of a row from the center of its cluster.</summary>
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

    /// <summary>Gives each row to its nearest center.</summary>
    /// <returns>Whether any row changed its cluster.</returns>
    private bool Assign(float[] centers, Execution execution)
    {
        var changes = _blocks is { } blocks ? AssignBlocks(blocks, centers, execution) : AssignByBounds(centers, execution);
        _sums.Apply();
        return changes > 0;
    }

    /// <summary>Measures every row from every center.</summary>
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

    /// <summary>Measures the rows whose bounds do not tell, after the centers moved by <see cref="_moves"/>.</summary>
    /// <returns>The number of rows that changed their cluster.</returns>
    private double AssignByBounds(float[] centers, Execution execution)
    {
        _nearest.Set(centers);
        MeasureGaps(centers, execution);
        var (largest, farthest) = LargestMoves();
        return ParallelRows.Sum(_rows.RowCount, _sums.PartRows, execution, (start, end) =>
        {
            var scratch = new float[_nearest.ScratchLength];
            var changed = 0;
            for (var row = start; row < end; row++)
            {
                if ((row - start) % RowsPerCheck == 0)
                {
                    execution.CancellationToken.ThrowIfCancellationRequested();
                }

                var own = _clusters[row];
                if (own >= 0)
                {
                    _upper[row] += _moves[own];
                    _lower[row] -= own == farthest.Center ? farthest.NextMove : largest;
                    var bound = MathF.Max(_halfGaps[own], _lower[row]);
                    if (_upper[row] <= bound)
                    {
                        continue;
                    }

                    _upper[row] = Distance(row, centers);
                    if (_upper[row] <= bound)
                    {
                        continue;
                    }
                }

                var (center, nearest, next) = _nearest.Find(_rows.Row(row), scratch);
                (_upper[row], _lower[row]) = (MathF.Sqrt(nearest), MathF.Sqrt(next));
                if (center != own)
                {
                    _sums.Move(row, own, center);
                    _clusters[row] = center;
                    changed++;
                }
            }

            return changed;
        });
    }

    /// <summary>Half the distance of each center from the nearest other: a row that is nearer to its own has no nearer one.</summary>
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

    /// <summary>The largest move of a center; and for the rows of the one that made it, the largest of the others.</summary>
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

    /// <summary>Clusters that lost all rows start again where the sum of squared distances gains most from it.</summary>
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
