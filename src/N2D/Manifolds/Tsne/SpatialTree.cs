using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// A binary tree over the rows of a layout in at most three dimensions. Every eight consecutive rows along a Morton curve, on which nearby
/// rows are mostly near each other, form a leaf, and every two nodes have a parent. Each node has a bounding box and a center of mass.
/// </summary>
/// <remarks>The shape of the tree depends only on the number of rows, and nothing depends on the number of threads.</remarks>
internal sealed class SpatialTree
{
    /// <summary>The number of rows of a leaf.</summary>
    public const int LeafSize = 8;

    /// <summary>Marks a missing node.</summary>
    public const int None = -1;

    private const int LeavesPerBlock = 64;

    private readonly int _rowCount;
    private readonly int _dimension;
    private readonly MortonOrder _order;
    private readonly int[] _levelStarts;
    private readonly float[][] _lows;
    private readonly float[][] _highs;
    private readonly float[][] _centers;

    /// <summary>Creates the nodes of a tree.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="dimension">c, 1 to 3.</param>
    /// <param name="padding">The sorted coordinates are padded to a multiple of this.</param>
    public SpatialTree(int rowCount, int dimension, int padding)
    {
        (_rowCount, _dimension) = (rowCount, dimension);
        _order = new MortonOrder(rowCount, dimension);
        var levelStarts = new List<int> { 0 };
        var width = (rowCount + LeafSize - 1) / LeafSize;
        for (; width > 1; width = (width + 1) / 2)
        {
            levelStarts.Add(levelStarts[^1] + width);
        }

        levelStarts.Add(levelStarts[^1] + 1);
        _levelStarts = [.. levelStarts];
        NodeCount = _levelStarts[^1];
        FirstChildren = new int[NodeCount];
        SecondChildren = new int[NodeCount];
        Masses = new float[NodeCount];
        SquaredWidths = new float[NodeCount];
        (_lows, _highs, _centers) = (Axes(NodeCount), Axes(NodeCount), Axes(NodeCount));
        Coordinates = Axes((rowCount + padding - 1) / padding * padding);
        LinkLevels();
    }

    /// <summary>The number of nodes; the last one is the root.</summary>
    public int NodeCount { get; }

    /// <summary>The number of levels; leaves are level 0.</summary>
    public int LevelCount => _levelStarts.Length - 1;

    /// <summary>The first child of each node; None for a leaf.</summary>
    public int[] FirstChildren { get; }

    /// <summary>The second child of each node; None if it has only one.</summary>
    public int[] SecondChildren { get; }

    /// <summary>The number of rows in each node.</summary>
    public float[] Masses { get; }

    /// <summary>The square of the longest side of each node's box.</summary>
    public float[] SquaredWidths { get; }

    /// <summary>The coordinates of the rows in the order of the tree, one array for each axis.</summary>
    public float[][] Coordinates { get; }

    /// <summary>The row numbers in the order of the tree.</summary>
    public int[] Rows => _order.Rows;

    /// <summary>The lower bounds of the boxes, one array for each axis.</summary>
    public float[][] Lows => _lows;

    /// <summary>The upper bounds of the boxes, one array for each axis.</summary>
    public float[][] Highs => _highs;

    /// <summary>The centers of mass, one array for each axis.</summary>
    public float[][] Centers => _centers;

    /// <summary>The ancestor of a leaf, a number of levels above it.</summary>
    public int NodeAbove(int leaf, int level) => _levelStarts[level] + (leaf >> level);

    /// <summary>Builds the tree of rows.</summary>
    /// <param name="positions">c axes of n coordinates.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public void Build(float[] positions, Execution execution)
    {
        _order.Sort(positions);
        ParallelRows.For(_levelStarts[1], LeavesPerBlock, execution, (start, end) =>
        {
            for (var leaf = start; leaf < end; leaf++)
            {
                BuildLeaf(leaf, positions);
            }
        });
        for (var node = _levelStarts[1]; node < NodeCount; node++)
        {
            Join(node, FirstChildren[node], SecondChildren[node]);
        }
    }

    private float[][] Axes(int length) => [.. Enumerable.Range(0, _dimension).Select(_ => new float[length])];

    private void LinkLevels()
    {
        for (var level = 0; level < LevelCount; level++)
        {
            for (var node = _levelStarts[level]; node < _levelStarts[level + 1]; node++)
            {
                var first = level == 0 ? None : _levelStarts[level - 1] + (2 * (node - _levelStarts[level]));
                FirstChildren[node] = first;
                SecondChildren[node] = first != None && first + 1 < _levelStarts[level] ? first + 1 : None;
            }
        }
    }

    private void BuildLeaf(int leaf, float[] positions)
    {
        var start = leaf * LeafSize;
        var count = Math.Min(LeafSize, _rowCount - start);
        var width = 0f;
        for (var axis = 0; axis < _dimension; axis++)
        {
            var own = Coordinates[axis].AsSpan(start, count);
            for (var place = 0; place < count; place++)
            {
                own[place] = positions[(axis * _rowCount) + Rows[start + place]];
            }

            var (low, high) = (TensorPrimitives.Min<float>(own), TensorPrimitives.Max<float>(own));
            (_lows[axis][leaf], _highs[axis][leaf]) = (low, high);
            _centers[axis][leaf] = FixedOrder.Sum<float>(own) / count;
            width = MathF.Max(width, high - low);
        }

        Masses[leaf] = count;
        SquaredWidths[leaf] = width * width;
    }

    private void Join(int node, int first, int second)
    {
        var (mass, width) = (Masses[first], 0f);
        var otherMass = second == None ? 0 : Masses[second];
        for (var axis = 0; axis < _dimension; axis++)
        {
            var (low, high, center) = (_lows[axis][first], _highs[axis][first], _centers[axis][first]);
            if (second != None)
            {
                low = MathF.Min(low, _lows[axis][second]);
                high = MathF.Max(high, _highs[axis][second]);
                center = ((mass * center) + (otherMass * _centers[axis][second])) / (mass + otherMass);
            }

            (_lows[axis][node], _highs[axis][node], _centers[axis][node]) = (low, high, center);
            width = MathF.Max(width, high - low);
        }

        Masses[node] = mass + otherMass;
        SquaredWidths[node] = width * width;
    }
}
