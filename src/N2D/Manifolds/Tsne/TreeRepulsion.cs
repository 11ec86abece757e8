using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The repulsion of rows in at most three dimensions, in which a group of far rows repels from its center of mass (Barnes and Hut, 1986;
/// van der Maaten, 2014). O(n log n); exact at angle 0.
/// </summary>
/// <remarks>
/// Groups of 32 nearby rows traverse the tree together: a node is far if it is far from the nearest point of the group's box. This visits
/// more nodes than each row on its own would need, is more exact, and allows vectorized arithmetic.
/// </remarks>
/// <typeparam name="TSpace">The number of dimensions.</typeparam>
internal sealed class TreeRepulsion<TSpace> : ITsneRepulsion
    where TSpace : struct, ILayoutSpace
{
    private const int LaneCount = 8;
    private const int GroupLevel = 2;
    private const int GroupSize = SpatialTree.LeafSize << GroupLevel;
    private const int GroupsPerBlock = 4;

    /// <summary>
    /// The number of sources that are collected before their repulsion is computed: four floats each, well within the L1 cache.
    /// </summary>
    private const int ListCapacity = 1024;

    private readonly int _rowCount;
    private readonly float _squaredAngle;
    private readonly SpatialTree _tree;

    /// <summary>Creates a tree for a number of rows.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="angle">theta: the largest width of a far node, relative to its distance.</param>
    public TreeRepulsion(int rowCount, double angle)
    {
        _rowCount = rowCount;
        _squaredAngle = (float)(angle * angle);
        _tree = new SpatialTree(rowCount, TSpace.Dimension, GroupSize);
    }

    /// <inheritdoc/>
    public double Compute(float[] positions, float[] forces, Execution execution)
    {
        _tree.Build(positions, execution);
        var groupCount = (_rowCount + GroupSize - 1) / GroupSize;
        var total = ParallelRows.Sum(groupCount, GroupsPerBlock, execution, (start, end) =>
        {
            Span<float> list = stackalloc float[4 * ListCapacity];
            Span<float> sums = stackalloc float[4 * GroupSize];
            var similarities = 0.0;
            for (var group = start; group < end; group++)
            {
                similarities += Repel(group, list, sums, forces);
            }

            return similarities;
        });

        // Each row also repels itself, which adds 1 to the similarities and no force.
        return total - _rowCount;
    }

    /// <summary>Computes the repulsion of a group of rows by all rows.</summary>
    /// <returns>The sum of their similarities.</returns>
    private double Repel(int group, Span<float> list, Span<float> sums, float[] forces)
    {
        sums.Clear();
        var first = group * GroupSize;
        var box = _tree.NodeAbove(first / SpatialTree.LeafSize, Math.Min(GroupLevel, _tree.LevelCount - 1));

        // Enough for a tree of 2^31 rows: one sibling for each level.
        Span<int> stack = stackalloc int[64];
        var (depth, count) = (1, 0);
        stack[0] = _tree.NodeCount - 1;
        while (depth > 0)
        {
            var node = stack[--depth];
            if (count > ListCapacity - SpatialTree.LeafSize)
            {
                RepelBy(list, count, first, sums);
                count = 0;
            }

            if (_tree.SquaredWidths[node] < _squaredAngle * SquaredDistance(box, node))
            {
                AddNode(list, count++, node);
            }
            else if (_tree.FirstChildren[node] == SpatialTree.None)
            {
                count = AddRows(list, count, node);
            }
            else
            {
                stack[depth++] = _tree.FirstChildren[node];
                if (_tree.SecondChildren[node] != SpatialTree.None)
                {
                    stack[depth++] = _tree.SecondChildren[node];
                }
            }
        }

        RepelBy(list, count, first, sums);
        return Scatter(first, sums, forces);
    }

    /// <summary>The squared distance of a box from a node's center of mass.</summary>
    private float SquaredDistance(int box, int node)
    {
        var square = 0f;
        for (var axis = 0; axis < TSpace.Dimension; axis++)
        {
            var center = _tree.Centers[axis][node];
            var outside = MathF.Max(MathF.Max(_tree.Lows[axis][box] - center, center - _tree.Highs[axis][box]), 0);
            square += outside * outside;
        }

        return square;
    }

    private void AddNode(Span<float> list, int place, int node)
    {
        list[place] = _tree.Masses[node];
        for (var axis = 0; axis < TSpace.Dimension; axis++)
        {
            list[((axis + 1) * ListCapacity) + place] = _tree.Centers[axis][node];
        }
    }

    private int AddRows(Span<float> list, int place, int leaf)
    {
        var count = (int)_tree.Masses[leaf];
        list.Slice(place, count).Fill(1);
        for (var axis = 0; axis < TSpace.Dimension; axis++)
        {
            _tree.Coordinates[axis].AsSpan(leaf * SpatialTree.LeafSize, count).CopyTo(list[(((axis + 1) * ListCapacity) + place)..]);
        }

        return place + count;
    }

    /// <summary>Adds the repulsion by the collected sources, two vectors of rows at a time.</summary>
    private void RepelBy(ReadOnlySpan<float> list, int count, int first, Span<float> sums)
    {
        for (var lane = 0; lane < GroupSize; lane += 2 * LaneCount)
        {
            RepelLanes(list, count, first + lane, sums[lane..]);
        }
    }

    private void RepelLanes(ReadOnlySpan<float> list, int count, int first, Span<float> sums)
    {
        Debug.Assert(
            count <= ListCapacity && list.Length >= (TSpace.Dimension + 1) * ListCapacity, "The list must have room for all its sources.");
        var (x0, x1) = Load(_tree.Coordinates[0], first);
        var (y0, y1) = TSpace.Dimension > 1 ? Load(_tree.Coordinates[1], first) : default;
        var (z0, z1) = TSpace.Dimension > 2 ? Load(_tree.Coordinates[2], first) : default;
        var (s0, s1) = Load(sums, 0);
        var (fx0, fx1) = Load(sums, GroupSize);
        var (fy0, fy1) = TSpace.Dimension > 1 ? Load(sums, 2 * GroupSize) : default;
        var (fz0, fz1) = TSpace.Dimension > 2 ? Load(sums, 3 * GroupSize) : default;
        ref var source = ref MemoryMarshal.GetReference(list);
        for (var place = 0; place < count; place++)
        {
            ref var own = ref Unsafe.Add(ref source, place);
            var mass = Vector256.Create(own);
            var x = Vector256.Create(Unsafe.Add(ref own, ListCapacity));
            var (dx0, dx1) = (x0 - x, x1 - x);
            var (square0, square1) = (dx0 * dx0, dx1 * dx1);
            Vector256<float> dy0 = default, dy1 = default, dz0 = default, dz1 = default;
            if (TSpace.Dimension > 1)
            {
                var y = Vector256.Create(Unsafe.Add(ref own, 2 * ListCapacity));
                (dy0, dy1) = (y0 - y, y1 - y);
                square0 = Vector256.MultiplyAddEstimate(dy0, dy0, square0);
                square1 = Vector256.MultiplyAddEstimate(dy1, dy1, square1);
            }

            if (TSpace.Dimension > 2)
            {
                var z = Vector256.Create(Unsafe.Add(ref own, 3 * ListCapacity));
                (dz0, dz1) = (z0 - z, z1 - z);
                square0 = Vector256.MultiplyAddEstimate(dz0, dz0, square0);
                square1 = Vector256.MultiplyAddEstimate(dz1, dz1, square1);
            }

            var (inverse0, inverse1) = (Inverse(square0), Inverse(square1));
            var weight0 = mass * Similarity(inverse0);
            var weight1 = mass * Similarity(inverse1);
            s0 += weight0;
            s1 += weight1;
            weight0 *= inverse0;
            weight1 *= inverse1;
            fx0 = Vector256.MultiplyAddEstimate(weight0, dx0, fx0);
            fx1 = Vector256.MultiplyAddEstimate(weight1, dx1, fx1);
            if (TSpace.Dimension > 1)
            {
                fy0 = Vector256.MultiplyAddEstimate(weight0, dy0, fy0);
                fy1 = Vector256.MultiplyAddEstimate(weight1, dy1, fy1);
            }

            if (TSpace.Dimension > 2)
            {
                fz0 = Vector256.MultiplyAddEstimate(weight0, dz0, fz0);
                fz1 = Vector256.MultiplyAddEstimate(weight1, dz1, fz1);
            }
        }

        Store(sums, 0, s0, s1);
        Store(sums, GroupSize, fx0, fx1);
        if (TSpace.Dimension > 1)
        {
            Store(sums, 2 * GroupSize, fy0, fy1);
        }

        if (TSpace.Dimension > 2)
        {
            Store(sums, 3 * GroupSize, fz0, fz1);
        }
    }

    /// <summary>Stores the forces of a group's rows, and sums their similarities.</summary>
    private double Scatter(int first, ReadOnlySpan<float> sums, float[] forces)
    {
        var similarities = 0.0;
        for (var place = 0; place < Math.Min(GroupSize, _rowCount - first); place++)
        {
            similarities += sums[place];
            for (var axis = 0; axis < TSpace.Dimension; axis++)
            {
                forces[(axis * _rowCount) + _tree.Rows[first + place]] = sums[((axis + 1) * GroupSize) + place];
            }
        }

        return similarities;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Inverse(Vector256<float> square)
    {
        // There are two degrees of freedom in three dimensions, otherwise one.
        var scaled = TSpace.Dimension > 2 ? square * Vector256.Create(0.5f) : square;
        return Vector256<float>.One / (scaled + Vector256<float>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Similarity(Vector256<float> inverse) =>
        TSpace.Dimension > 2 ? inverse * Vector256.Sqrt(inverse) : inverse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Load(ReadOnlySpan<float> values, int place)
    {
        Debug.Assert(place >= 0 && place + (2 * LaneCount) <= values.Length, "Two vectors must be readable.");
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), place);
        return (Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, LaneCount));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<float> values, int place, Vector256<float> low, Vector256<float> high)
    {
        Debug.Assert(place >= 0 && place + (2 * LaneCount) <= values.Length, "Two vectors must be writable.");
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), place);
        low.StoreUnsafe(ref first);
        high.StoreUnsafe(ref first, LaneCount);
    }
}
