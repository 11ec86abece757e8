using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Updates of rows that a block computes in a round, and that the blocks of these rows apply after it. Each target block has a linked list
/// of its updates, in the order in which they were added.
/// </summary>
internal sealed class DeferredUpdates
{
    private const int None = -1;

    private readonly int[] _first;
    private readonly int[] _last;
    private readonly int[] _slots;
    private readonly int[] _next;
    private int _count;

    /// <summary>Allocates memory for updates.</summary>
    /// <param name="blockCount">The number of blocks.</param>
    /// <param name="capacity">The largest number of updates.</param>
    /// <param name="dimension">c.</param>
    public DeferredUpdates(int blockCount, int capacity, int dimension)
    {
        _first = new int[blockCount];
        _last = new int[blockCount];
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
    /// <param name="block">The block of the target row.</param>
    /// <param name="slot">The slot of the target row.</param>
    /// <returns>The index of the update.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(int block, int slot)
    {
        if (_first[block] == None)
        {
            _first[block] = _count;
        }
        else
        {
            _next[_last[block]] = _count;
        }

        _last[block] = _count;
        _next[_count] = None;
        _slots[_count] = slot;
        return _count++;
    }

    /// <summary>The first update for a block; negative if there is none.</summary>
    /// <param name="block">The block.</param>
    public int First(int block) => _first[block];

    /// <summary>The next update for the same block, or a negative number if this is the last one.</summary>
    /// <param name="update">The update before.</param>
    public int Next(int update) => _next[update];

    /// <summary>The slot of an update's target row.</summary>
    /// <param name="update">The update.</param>
    public int Slot(int update) => _slots[update];
}
