using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// A k-d tree (Bentley, 1975): rows in nested boxes, each split across its widest column, down to leaves of 32 rows whose distances are
/// computed together. A row's place is its index in the order of the leaves.
/// </summary>
internal sealed class KdTree
{
    /// <summary>The number of rows of a leaf. All leaves but the last are full, so each starts at a multiple of it.</summary>
    public const int LeafSize = 32;

    private const int LaneCount = 8;

    /// <summary>The relative rounding errors of a distance and a bound for each coordinate, each of at most two float32 sums.</summary>
    private const float SumRounding = 2.4e-7f;

    private readonly int _dimension;
    private readonly int _stride;
    private readonly ColumnBlocks _leaves;
    private readonly float[] _points;
    private readonly List<Node> _nodes = [];
    private readonly List<float> _boxes = [];

    /// <summary>Builds a tree.</summary>
    /// <param name="rows">n x d, n 1 or more.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public KdTree(Matrix rows, Execution execution)
    {
        _dimension = rows.ColumnCount;
        _stride = (_dimension + LaneCount - 1) / LaneCount * LaneCount;
        RowAt = [.. Enumerable.Range(0, rows.RowCount)];
        Split(rows, 0, rows.RowCount, new float[rows.RowCount], execution.CancellationToken);
        _points = new float[ArraySize.Of(rows.RowCount, _stride)];
        var sorted = new float[ArraySize.Of(rows.RowCount, _dimension)];
        ParallelRows.For(rows.RowCount, 512, execution, (start, end) =>
        {
            for (var place = start; place < end; place++)
            {
                rows.Row(RowAt[place]).CopyTo(_points.AsSpan(place * _stride));
                rows.Row(RowAt[place]).CopyTo(sorted.AsSpan(place * _dimension));
            }
        });
        _leaves = ColumnBlocks.Of(Matrix.Own(sorted, _dimension), LeafSize, execution);
    }

    /// <summary>The number of rows, n.</summary>
    public int RowCount => RowAt.Length;

    /// <summary>n rounded up to whole leaves: the length of arrays by place.</summary>
    public int PlaceCount => (RowCount + LeafSize - 1) / LeafSize * LeafSize;

    /// <summary>The row at each place.</summary>
    public int[] RowAt { get; }

    /// <summary>The place of each row.</summary>
    public int[] PlacesOfRows()
    {
        var places = new int[RowCount];
        for (var place = 0; place < places.Length; place++)
        {
            places[RowAt[place]] = place;
        }

        return places;
    }

    /// <summary>The boxes. Each comes before those inside it; the first contains all rows.</summary>
    public ReadOnlySpan<Node> Nodes => CollectionsMarshal.AsSpan(_nodes);

    /// <summary>A lower bound of the distances of a box's rows from a row, rounding included.</summary>
    /// <param name="kernel">The metric.</param>
    /// <param name="node">The index of the box.</param>
    /// <param name="place">The row's place.</param>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float DistanceToBox<TKernel>(TKernel kernel, int node, int place)
        where TKernel : struct, IDistanceKernel
    {
        Debug.Assert((uint)node < (uint)_nodes.Count && _boxes.Count == _nodes.Count * 2 * _stride, "Each node must have a box.");
        Debug.Assert((uint)place < (uint)RowCount && _stride % LaneCount == 0, "The place must be that of a row, padded to whole vectors.");
        ref var low = ref Unsafe.Add(ref MemoryMarshal.GetReference(CollectionsMarshal.AsSpan(_boxes)), node * 2 * _stride);
        ref var high = ref Unsafe.Add(ref low, _stride);
        ref var point = ref _points[place * _stride];
        var sums = default(DistanceSums<Vector256<float>>);
        for (nuint lane = 0; lane < (nuint)_stride; lane += LaneCount)
        {
            sums = kernel.AccumulateLeast<Width256<float>, Vector256<float>>(
                sums, Vector256.LoadUnsafe(ref point, lane), Vector256.LoadUnsafe(ref low, lane), Vector256.LoadUnsafe(ref high, lane));
        }

        return kernel.Finish(PairDistance.Rank(kernel, sums)) * MathF.Max(0, 1 - ((_dimension + 8) * (SumRounding + TKernel.Rounding)));
    }

    /// <summary>Computes the distances of a leaf's rows from a row.</summary>
    /// <param name="kernel">The metric.</param>
    /// <param name="start">The leaf's first place.</param>
    /// <param name="place">The row's place.</param>
    /// <param name="distances">The destination, 32 distances. Those after the last row have no meaning.</param>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MeasureLeaf<TKernel>(TKernel kernel, int start, int place, Span<float> distances)
        where TKernel : struct, IDistanceKernel
    {
        Debug.Assert(start % LeafSize == 0 && (uint)start < (uint)RowCount, "A leaf must start here.");
        Debug.Assert(distances.Length >= LeafSize, "There must be room for the distances of a leaf.");
        Debug.Assert(_leaves.Block(start).Length >= LeafSize * _dimension, "A leaf must be padded to 32 rows.");
        if (Vector512.IsHardwareAccelerated)
        {
            MeasureLeaf<TKernel, Width512<float>, Vector512<float>>(kernel, start, place, distances);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            MeasureLeaf<TKernel, Width256<float>, Vector256<float>>(kernel, start, place, distances);
        }
        else
        {
            MeasureLeaf<TKernel, Width128<float>, Vector128<float>>(kernel, start, place, distances);
        }
    }

    /// <inheritdoc cref="MeasureLeaf{TKernel}"/>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    /// <typeparam name="TWidth">The width of the registers.</typeparam>
    /// <typeparam name="TVector">A vector of this width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MeasureLeaf<TKernel, TWidth, TVector>(TKernel kernel, int start, int place, Span<float> distances)
        where TKernel : struct, IDistanceKernel
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        ref var target = ref MemoryMarshal.GetReference(distances);
        var point = _points.AsSpan(place * _stride, _dimension);
        for (var lane = 0; lane < LeafSize; lane += 2 * TWidth.Lanes)
        {
            ref var values = ref Unsafe.Add(ref MemoryMarshal.GetReference(_leaves.Block(start)), lane);
            var (low, high) = (default(DistanceSums<TVector>), default(DistanceSums<TVector>));
            foreach (var coordinate in point)
            {
                var value = TWidth.Broadcast(coordinate);
                low = kernel.Accumulate<TWidth, TVector>(low, value, TWidth.Load(ref values, 0));
                high = kernel.Accumulate<TWidth, TVector>(high, value, TWidth.Load(ref values, (nuint)TWidth.Lanes));
                values = ref Unsafe.Add(ref values, LeafSize);
            }

            var (lowRanks, highRanks) = (kernel.Rank<TWidth, TVector>(low), kernel.Rank<TWidth, TVector>(high));
            TWidth.Store(kernel.Finish<TWidth, TVector>(lowRanks), ref target, (nuint)lane);
            TWidth.Store(kernel.Finish<TWidth, TVector>(highRanks), ref target, (nuint)(lane + TWidth.Lanes));
        }
    }

    private int Split(Matrix rows, int start, int end, float[] keys, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var number = _nodes.Count;
        var widest = AddBox(rows, start, end);
        _nodes.Add(new Node(start, end, -1, -1));
        if (end - start > LeafSize)
        {
            for (var place = start; place < end; place++)
            {
                keys[place] = rows[RowAt[place], widest];
            }

            keys.AsSpan(start, end - start).Sort(RowAt.AsSpan(start, end - start));
            var leafCount = (end - start + LeafSize - 1) / LeafSize;
            var middle = start + ((leafCount + 1) / 2 * LeafSize);
            var left = Split(rows, start, middle, keys, token);
            var right = Split(rows, middle, end, keys, token);
            _nodes[number] = new Node(start, end, left, right);
        }

        return number;
    }

    /// <summary>Adds the bounding box of rows.</summary>
    /// <returns>Its widest column.</returns>
    private int AddBox(Matrix rows, int start, int end)
    {
        Span<float> low = new float[_stride];
        Span<float> high = new float[_stride];
        rows.Row(RowAt[start]).CopyTo(low);
        rows.Row(RowAt[start]).CopyTo(high);
        for (var place = start + 1; place < end; place++)
        {
            var row = rows.Row(RowAt[place]);
            TensorPrimitives.Min(low[.._dimension], row, low);
            TensorPrimitives.Max(high[.._dimension], row, high);
        }

        var widest = 0;
        for (var column = 1; column < _dimension; column++)
        {
            widest = high[column] - low[column] > high[widest] - low[widest] ? column : widest;
        }

        _boxes.AddRange(low);
        _boxes.AddRange(high);
        return widest;
    }

    /// <summary>A box.</summary>
    /// <param name="Start">The first place in it.</param>
    /// <param name="End">The place after its last.</param>
    /// <param name="Left">The index of the first child; -1 for a leaf.</param>
    /// <param name="Right">The index of the second child; -1 for a leaf.</param>
    public readonly record struct Node(int Start, int End, int Left, int Right)
    {
        /// <summary>Whether the box has no children.</summary>
        public bool IsLeaf => Left < 0;
    }
}
