using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// Ward's method on a graph (Ward, 1963): repeatedly merges the neighboring clusters a and b with the smallest increase in the sum of
/// squared distances to the cluster means, |a| |b| / (|a| + |b|) times the squared distance of their means.
/// </summary>
internal sealed class WardMerging
{
    private const int MergesPerReport = 256;

    private readonly int _dimension;
    private readonly float[] _means;
    private readonly int[] _sizes;
    private readonly int[]?[] _neighbors;
    private readonly int[] _versions;
    private readonly int[] _marks;
    private readonly DisjointSets _sets;
    private readonly PriorityQueue<Merge, (float Cost, int First, int Second)> _queue;

    /// <summary>Creates a cluster for each row.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="graph">The graph, symmetric. Clusters can merge along its edges.</param>
    /// <param name="joins">Additional edges.</param>
    public WardMerging(Matrix rows, SparseMatrix graph, IEnumerable<(int First, int Second)> joins)
    {
        _dimension = rows.ColumnCount;
        _means = rows.Values.ToArray();
        _sizes = [.. Enumerable.Repeat(1, rows.RowCount)];
        _versions = new int[rows.RowCount];
        _marks = [.. Enumerable.Repeat(-1, rows.RowCount)];
        _sets = new DisjointSets(rows.RowCount);
        _neighbors = new int[rows.RowCount][];
        var added = joins.SelectMany(join => new[] { join, (First: join.Second, Second: join.First) }).ToLookup(
            join => join.First, join => join.Second);
        var merges = new List<(Merge, (float, int, int))>();
        for (var row = 0; row < _neighbors.Length; row++)
        {
            _neighbors[row] = [.. graph.RowColumns(row), .. added[row]];
            merges.AddRange(_neighbors[row]!.Where(other => other > row).Select(other => WithCost(row, other)));
        }

        _queue = new PriorityQueue<Merge, (float Cost, int First, int Second)>(merges);
    }

    /// <summary>The number of remaining clusters.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Merges all rows into one cluster, counts the merges at or above a distance, and undoes as many of the last merges. As in
    /// scikit-learn: on a graph, distances are not always ascending, so these need not be the same merges.
    /// </summary>
    /// <param name="threshold">The Ward distance, 0 or more: the square root of twice the increase in the sum of squares.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The cluster of each row, numbered from 0 in the order of the first rows.</returns>
    public int[] RunBelow(double threshold, Execution execution)
    {
        var merges = new List<(int First, int Second)>(_sizes.Length);
        var left = 1;
        Run(1, execution, (first, second, cost) =>
        {
            merges.Add((first, second));
            left += Math.Sqrt(2 * cost) >= threshold ? 1 : 0;
        });
        var sets = new DisjointSets(_sizes.Length);
        foreach (var (first, second) in merges.Take(_sizes.Length - left))
        {
            sets.Union(first, second);
        }

        return Numbered(sets);
    }

    /// <summary>Merges until a number of clusters remains.</summary>
    /// <param name="clusterCount">The number of clusters.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The cluster of each row, numbered from 0 in the order of the first rows.</returns>
    public int[] Run(int clusterCount, Execution execution)
    {
        Run(clusterCount, execution, null);
        return Numbered(_sets);
    }

    private void Run(int clusterCount, Execution execution, Action<int, int, float>? merged)
    {
        Count = _sizes.Length;
        while (Count > clusterCount && _queue.TryDequeue(out var merge, out var cost))
        {
            if (merge.FirstVersion != _versions[merge.First] || merge.SecondVersion != _versions[merge.Second])
            {
                continue;
            }

            Union(merge.First, merge.Second, execution.CancellationToken);
            merged?.Invoke(merge.First, merge.Second, cost.Cost);
            if (--Count % MergesPerReport == 0)
            {
                execution.Report($"{Count} clusters", (double)(_sizes.Length - Count) / (_sizes.Length - clusterCount + 1));
            }
        }
    }

    /// <summary>The set of each row, numbered from 0 in the order of the first rows.</summary>
    private int[] Numbered(DisjointSets sets)
    {
        var numbers = new Dictionary<int, int>();
        var clusters = new int[_sizes.Length];
        for (var row = 0; row < clusters.Length; row++)
        {
            var representative = sets.Find(row);
            numbers.TryAdd(representative, numbers.Count);
            clusters[row] = numbers[representative];
        }

        return clusters;
    }

    /// <summary>Merges two clusters into the one with the smaller number, and queues its merges with its neighbors.</summary>
    private void Union(int first, int second, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        _sets.Union(first, second);
        var own = Math.Min(first, second);
        var other = Math.Max(first, second);
        var size = _sizes[own] + _sizes[other];
        var mean = _means.AsSpan(own * _dimension, _dimension);
        TensorPrimitives.Multiply(mean, (float)_sizes[own] / size, mean);
        TensorPrimitives.MultiplyAdd(_means.AsSpan(other * _dimension, _dimension), (float)_sizes[other] / size, mean, mean);
        _sizes[own] = size;

        // Queued merges of either cluster are obsolete; their versions no longer match.
        _versions[own]++;
        _versions[other] = -1;
        var mergedNeighbors = new List<int>();
        foreach (var row in _neighbors[own]!.Concat(_neighbors[other]!))
        {
            var neighbor = _sets.Find(row);
            if (neighbor != own && _marks[neighbor] != own)
            {
                _marks[neighbor] = own;
                mergedNeighbors.Add(neighbor);
                var (merge, cost) = WithCost(Math.Min(own, neighbor), Math.Max(own, neighbor));
                _queue.Enqueue(merge, cost);
            }
        }

        foreach (var neighbor in mergedNeighbors)
        {
            _marks[neighbor] = -1;
        }

        (_neighbors[own], _neighbors[other]) = ([.. mergedNeighbors], null);
    }

    private (Merge Merge, (float Cost, int First, int Second) Priority) WithCost(int first, int second)
    {
        var distance = (double)FixedOrder.Distance<float>(
            _means.AsSpan(first * _dimension, _dimension), _means.AsSpan(second * _dimension, _dimension));
        var cost = (double)_sizes[first] * _sizes[second] / (_sizes[first] + _sizes[second]) * distance * distance;
        return (new Merge(first, second, _versions[first], _versions[second]), ((float)cost, first, second));
    }

    /// <summary>A possible merge of two clusters, with their versions when its cost was computed.</summary>
    private readonly record struct Merge(int First, int Second, int FirstVersion, int SecondVersion);
}
