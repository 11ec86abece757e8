using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Negative samples for layouts that do not fit into the processor's caches. A block copies a pool of random rows in each round, and draws
/// the samples of its rows from this pool, which stays in the cache.
/// </summary>
/// <remarks>
/// The pool is stored by column. A sample of a group is any eight consecutive rows of the pool, one for each lane, which takes one load
/// instruction per column. Any row is still sampled equally often by any other, and independently in each round, but samples of the same
/// round are repeated. No row samples itself: it would be repelled strongly from where it was before its last step.
/// </remarks>
internal sealed class PooledSamples : NegativeSamples
{
    /// <summary>The number of rows from which samples are pooled. Fewer fit into the caches, and need no pool.</summary>
    public const int FewestLayoutRows = 32_768;

    /// <summary>
    /// The number of rows of the pool for each row of a round, and the least number. A row has about 40 samples in a round, so a much
    /// smaller pool would repeat them for the same row.
    /// </summary>
    private const int RowsPerMovedRow = 4;
    private const int FewestRows = 256;

    private const int GroupSize = InterleavedRows.GroupSize;

    private readonly AlignedRows _positions;
    private readonly int _size;
    private readonly InterleavedRows _group;
    private readonly int _dimension;

    /// <summary>The slots of the pool's rows. The first ones are repeated after the last.</summary>
    private readonly int[] _slots;

    /// <summary>The columns of the pool, in the same order.</summary>
    private readonly AlignedRows _columns;

    /// <summary>The first row of each sample in the current step, and random numbers for later ones.</summary>
    private readonly int[] _starts;
    private readonly int[] _drawn = new int[GroupSize];
    private RandomLanes _random;
    private int _usedCount;

    /// <summary>Allocates memory for a pool.</summary>
    /// <param name="positions">The coordinates of all rows, by slot.</param>
    /// <param name="dimension">c.</param>
    /// <param name="sampleCount">The number of samples for each row and step.</param>
    /// <param name="mostRows">The largest number of rows that move in a round.</param>
    public PooledSamples(AlignedRows positions, int dimension, int sampleCount, int mostRows)
    {
        _positions = positions;
        _dimension = dimension;
        _group = new InterleavedRows(1, dimension);
        _starts = new int[sampleCount];
        _size = SizeFor(mostRows);
        _slots = new int[_size + GroupSize];
        _columns = new AlignedRows(dimension, _slots.Length);
    }

    /// <summary>The number of rows of a pool.</summary>
    /// <param name="mostRows">The largest number of rows that move in a round.</param>
    /// <remarks>
    /// An even number of groups, and one more for the repeated rows: an odd number. The columns are then not a multiple of a large power of
    /// two apart, so they do not compete for the same cache lines.
    /// </remarks>
    public static int SizeFor(int mostRows) =>
        2 * GroupSize * ((Math.Max(FewestRows, RowsPerMovedRow * mostRows) + (2 * GroupSize) - 1) / (2 * GroupSize));

    /// <inheritdoc/>
    public override nuint ColumnStride => (nuint)_columns.Stride;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Draw(RandomLanes random, ReadOnlySpan<int> slots, ReadOnlySpan<int> stepCounts)
    {
        for (var first = 0; first < _size; first += GroupSize)
        {
            random.NextInt32(_positions.RowCount).CopyTo(_slots, first);
            foreach (var slot in _slots.AsSpan(first, GroupSize))
            {
                _positions.Prefetch(slot);
            }
        }

        _slots.AsSpan(0, GroupSize).CopyTo(_slots.AsSpan(_size));
        ref var lanes = ref _group.Start(0);
        for (var first = 0; first < _slots.Length; first += GroupSize)
        {
            _group.Gather(0, _positions, _slots.AsSpan(first, GroupSize));
            for (var column = 0; column < _dimension; column++)
            {
                Vector256.LoadUnsafe(ref lanes, (nuint)(column * GroupSize)).StoreUnsafe(ref _columns.Start(column), (nuint)first);
            }
        }

        (_random, _usedCount) = (random, GroupSize);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Next(ReadOnlySpan<int> slots)
    {
        var own = Vector256.Create(slots);
        foreach (ref var start in _starts.AsSpan())
        {
            do
            {
                start = DrawStart();
            }
            while (Vector256.EqualsAny(own, Vector256.Create(_slots, start)));
        }
    }

    /// <inheritdoc/>
    public override ref float Start(int sample) => ref Unsafe.Add(ref _columns.Start(0), _starts[sample]);

    private int DrawStart()
    {
        if (_usedCount == GroupSize)
        {
            _random.NextInt32(_size).CopyTo(_drawn);
            _usedCount = 0;
        }

        return _drawn[_usedCount++];
    }
}
