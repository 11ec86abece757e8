using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Updates of rows that a block computes in a round, and that are applied after it. Each target, a group of rows, has a linked list of its
/// updates, in the order in which they were added.
/// </summary>
internal sealed class DeferredUpdates
{
    private const int None = -1;

    /// <summary>The number of updates before its turn at which the row of an update is prefetched.</summary>
    private const int PrefetchDistance = 8;

    private readonly int[] _first;
    private readonly int[] _last;
    private readonly int[] _slots;
    private readonly int[] _next;
    private int _count;

    /// <summary>Allocates memory for updates.</summary>
    /// <param name="targetCount">The number of targets.</param>
    /// <param name="capacity">The largest number of updates.</param>
    /// <param name="dimension">c.</param>
    public DeferredUpdates(int targetCount, int capacity, int dimension)
    {
        _first = new int[targetCount];
        _last = new int[targetCount];
        _slots = new int[capacity];
        _next = new int[capacity];
        Steps = new AlignedRows(capacity, dimension);
        Clear();
    }

    /// <summary>The step of each update. The target row moves by its negative.</summary>
    public AlignedRows Steps { get; }

    /// <summary>Removes all updates.</summary>
    public void Clear()
    {
        _first.AsSpan().Fill(None);
        _count = 0;
    }

    /// <summary>Adds an update. The caller then writes its row of <see cref="Steps"/>.</summary>
    /// <param name="target">The target.</param>
    /// <param name="slot">The slot of one of its rows.</param>
    /// <returns>The index of the update.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(int target, int slot)
    {
        if (_first[target] == None)
        {
            _first[target] = _count;
        }
        else
        {
            _next[_last[target]] = _count;
        }

        _last[target] = _count;
        _next[_count] = None;
        _slots[_count] = slot;
        return _count++;
    }

    /// <summary>Applies the updates of a target's rows.</summary>
    /// <param name="target">The target.</param>
    /// <param name="positions">The coordinates of all rows, by slot.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(int target, AlignedRows positions)
    {
        var ahead = _first[target];
        for (var distance = 0; distance < PrefetchDistance && ahead >= 0; distance++)
        {
            ahead = Prefetch(ahead, positions);
        }

        for (var update = _first[target]; update >= 0; update = _next[update])
        {
            ahead = ahead >= 0 ? Prefetch(ahead, positions) : ahead;
            ref var position = ref positions.Start(_slots[update]);
            ref var step = ref Steps.Start(update);
            for (nuint lane = 0; lane < (nuint)positions.Stride; lane += (nuint)Vector256<float>.Count)
            {
                (Vector256.LoadUnsafe(ref position, lane) - Vector256.LoadUnsafe(ref step, lane)).StoreUnsafe(ref position, lane);
            }
        }
    }

    /// <summary>Prefetches an update and its row.</summary>
    /// <returns>The next update of the same target, or a negative number if this is the last one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Prefetch(int update, AlignedRows positions)
    {
        positions.Prefetch(_slots[update]);
        Steps.Prefetch(update);
        return _next[update];
    }
}
