using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>
/// The minimum spanning tree of rows by reachability: the largest of their distance and their core distances. By Prim's algorithm, which
/// needs no matrix of distances. Equal edges are ordered by distance, and then by their rows, so there is one tree.
/// </summary>
internal sealed class ReachabilityTree
{
    // Enough distances for a thread of its own, in values.
    private const int ValuesPerThread = 1 << 18;

    private readonly Matrix _rows;
    private readonly ColumnBlocks _blocks;
    private readonly double[] _cores;
    private readonly double[] _squared;
    private readonly int _blockSize;
    private readonly int[] _nearest;
    private readonly bool[] _joined;
    private readonly int[] _degrees;

    // The edge of each row to the tree, squared: its reachability, its distance, and its row in the tree.
    private readonly double[] _lengths;
    private readonly double[] _distances;
    private readonly int[] _parents;

    private int _latest;

    private ReachabilityTree(Matrix rows, ColumnBlocks blocks, double[] cores)
    {
        (_rows, _blocks, _cores) = (rows, blocks, cores);
        var count = cores.Length;
        _squared = new double[blocks.PaddedRowCount];
        _blockSize = Math.Max(1, ValuesPerThread / rows.ColumnCount / blocks.BlockSize) * blocks.BlockSize;
        _nearest = new int[(count + _blockSize - 1) / _blockSize];
        (_joined, _degrees, _parents) = (new bool[count], new int[count], new int[count]);
        (_lengths, _distances) = (new double[count], new double[count]);
        Array.Fill(_lengths, double.PositiveInfinity);
    }

    /// <summary>Builds the tree.</summary>
    /// <param name="rows">n rows, at least two.</param>
    /// <param name="blocks">The same rows in blocks.</param>
    /// <param name="squaredCores">The squared core distance of each row.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static ReachabilityTree Of(Matrix rows, ColumnBlocks blocks, double[] squaredCores, Execution execution)
    {
        var tree = new ReachabilityTree(rows, blocks, squaredCores);
        tree._joined[0] = true;
        Action<int, int> approach = tree.Approach;
        for (var edge = 1; edge < rows.RowCount; edge++)
        {
            ParallelRows.For(rows.RowCount, tree._blockSize, execution, approach);
            tree.Join();
        }

        return tree;
    }

    /// <summary>Whether a row has several edges.</summary>
    /// <param name="row">Row, from 0.</param>
    public bool IsInner(int row) => _degrees[row] > 1;

    /// <summary>The squared length of the longest edge between two inner rows; if no edge joins two, of the longest edge.</summary>
    public double LongestInnerEdge()
    {
        var (longest, inner) = (0.0, -1.0);
        for (var row = 1; row < _lengths.Length; row++)
        {
            longest = Math.Max(longest, _lengths[row]);
            inner = IsInner(row) && IsInner(_parents[row]) ? Math.Max(inner, _lengths[row]) : inner;
        }

        return inner >= 0 ? inner : longest;
    }

    /// <summary>
    /// Replaces the edges of some rows by those to the latest row of the tree if these are shorter, and finds the shortest.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Approach(int start, int end)
    {
        PairwiseDistances.Squared(_blocks, start, end, _rows.Row(_latest), _squared);
        var (core, nearest) = (_cores[_latest], -1);
        for (var row = start; row < end; row++)
        {
            if (_joined[row])
            {
                continue;
            }

            var distance = _squared[row];
            var length = Math.Max(distance, Math.Max(core, _cores[row]));
            if (length < _lengths[row] || (length == _lengths[row] && IsCloser(row, distance)))
            {
                (_lengths[row], _distances[row], _parents[row]) = (length, distance, _latest);
            }

            nearest = nearest < 0 || IsShorter(row, nearest) ? row : nearest;
        }

        _nearest[start / _blockSize] = nearest;
    }

    private bool IsCloser(int row, double distance) =>
        distance < _distances[row] || (distance == _distances[row] && _latest < _parents[row]);

    /// <summary>Whether the edge of a row comes before that of another one.</summary>
    private bool IsShorter(int row, int other)
    {
        if (_lengths[row] != _lengths[other])
        {
            return _lengths[row] < _lengths[other];
        }

        if (_distances[row] != _distances[other])
        {
            return _distances[row] < _distances[other];
        }

        var (least, otherLeast) = (Math.Min(row, _parents[row]), Math.Min(other, _parents[other]));
        return least < otherLeast
            || (least == otherLeast && Math.Max(row, _parents[row]) < Math.Max(other, _parents[other]));
    }

    /// <summary>Adds the row with the shortest edge.</summary>
    private void Join()
    {
        var nearest = -1;
        foreach (var row in _nearest)
        {
            nearest = row >= 0 && (nearest < 0 || IsShorter(row, nearest)) ? row : nearest;
        }

        _joined[nearest] = true;
        _degrees[nearest]++;
        _degrees[_parents[nearest]]++;
        _latest = nearest;
    }
}
