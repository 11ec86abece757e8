using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// Merges neighboring clusters, each time the two that add least to the sum of the rows' squared distances from their cluster's mean: by
/// |a| |b| / (|a| + |b|) times the squared distance of the means (Ward, 1963).
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

    /// <summary>Begins with each row a cluster.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="graph">Symmetric; its edges are the rows that may merge.</param>
    /// <param name="joins">More such pairs.</param>
    public WardMerging(Matrix rows, SparseMatrix graph, IEnumerable<(int First, int Second)> joins)
    {
        _dimension = rows.ColumnCount;
        _means = rows.Values.ToArray();
        _sizes = [.. Enumerable.Repeat(1, rows.RowCount)];
        _versions = new int[rows.RowCount];
        _marks = [.. Enumerable.Repeat(-1, rows.RowCount)];
        _sets = new DisjointSets(rows.RowCount);
        _neighbors = new int[rows.RowCount][];
        var added = joins.SelectMany(join => new[] { join, (First: join.Second, Second: join.First) }).ToLookup(join => join.First, join => join.Second);
        var merges = new List<(Merge, (float, int, int))>();
        for (var row = 0; row < _neighbors.Length; row++)
        {
            _neighbors[row] = [.. graph.RowColumns(row), .. added[row]];
            merges.AddRange(_neighbors[row]!.Where(other => other > row).Select(other => Priced(row, other)));
        }

        _queue = new PriorityQueue<Merge, (float Cost, int First, int Second)>(merges);
    }

    /// <summary>The clusters that are left.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Merges all rows into one cluster, and takes back the last merges: as many as there were of clusters at a distance or above it. On a graph a later merge may be of nearer clusters than an earlier
    /// one was; that many are taken back all the same, as scikit-learn does.
    /// </summary>
    /// <param name="threshold">The distance, 0 or more: the root of twice what a merge adds to the sum of squares.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The cluster of each row, from 0 in the order of their first rows.</returns>
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

    /// <summary>Merges until so many clusters are left.</summary>
    /// <param name="clusterCount">The number.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The cluster of each row, from 0 in the order of their first rows.</returns>
    public int[] Run(int clusterCount, Execution execution)
    {
        Run(clusterCount, execution, null);
        return Numbered(_sets);
    }

    private void Run(int clusterCount, Execution execution, Action<int, int, float>? merged)
    {
        Count = _sizes.Length;
        while (Count > clusterCount && _queue.TryDequeue(out var merge, out var price))
        {
            if (merge.FirstVersion != _versions[merge.First] || merge.SecondVersion != _versions[merge.Second])
            {
                continue;
            }

            Union(merge.First, merge.Second, execution.CancellationToken);
            merged?.Invoke(merge.First, merge.Second, price.Cost);
            if (--Count % MergesPerReport == 0)
            {
                execution.Report($"{Count} clusters", (double)(_sizes.Length - Count) / (_sizes.Length - clusterCount + 1));
            }
        }
    }

    /// <summary>The set of each row, from 0 in the order of their first rows.</summary>
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

    /// <summary>Merges two clusters into the one whose number is smaller, and prices what that may merge with next.</summary>
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

        // What was priced with either is out of date, and so told by its version; that of a cluster that is gone is never asked for again.
        _versions[own]++;
        _versions[other] = -1;
        var united = new List<int>();
        foreach (var row in _neighbors[own]!.Concat(_neighbors[other]!))
        {
            var neighbor = _sets.Find(row);
            if (neighbor != own && _marks[neighbor] != own)
            {
                _marks[neighbor] = own;
                united.Add(neighbor);
                var (merge, price) = Priced(Math.Min(own, neighbor), Math.Max(own, neighbor));
                _queue.Enqueue(merge, price);
            }
        }

        foreach (var neighbor in united)
        {
            _marks[neighbor] = -1;
        }

        (_neighbors[own], _neighbors[other]) = ([.. united], null);
    }

    private (Merge Merge, (float Cost, int First, int Second) Price) Priced(int first, int second)
    {
        var distance = (double)FixedOrder.Distance<float>(_means.AsSpan(first * _dimension, _dimension), _means.AsSpan(second * _dimension, _dimension));
        var cost = (double)_sizes[first] * _sizes[second] / (_sizes[first] + _sizes[second]) * distance * distance;
        return (new Merge(first, second, _versions[first], _versions[second]), ((float)cost, first, second));
    }

    /// <summary>Two clusters that may merge, as they were when the cost was counted.</summary>
    private readonly record struct Merge(int First, int Second, int FirstVersion, int SecondVersion);
}
