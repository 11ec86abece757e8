using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The pulls that a block's rows have given to rows of other blocks, which those take later. In order of their giving, a list for each other block.
/// </summary>
internal sealed class DeferredUpdates
{
    private const int None = -1;

    private readonly int[] _first;
    private readonly int[] _last;
    private readonly int[] _places;
    private readonly int[] _next;
    private int _count;

    /// <summary>Makes an empty outbox.</summary>
    /// <param name="blockCount">The number of blocks.</param>
    /// <param name="capacity">The most pulls that it holds.</param>
    /// <param name="dimension">The length of a pull.</param>
    public DeferredUpdates(int blockCount, int capacity, int dimension)
    {
        _first = new int[blockCount];
        _last = new int[blockCount];
        _places = new int[capacity];
        _next = new int[capacity];
        Pulls = new AlignedRows(capacity, dimension);
        Clear();
    }

    /// <summary>The pulls, a row each.</summary>
    public AlignedRows Pulls { get; }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _first.AsSpan().Fill(None);
        _count = 0;
    }

    /// <summary>Makes an entry.</summary>
    /// <param name="block">The block of the place that it is for.</param>
    /// <param name="place">The place.</param>
    /// <returns>The number of its row in <see cref="Pulls"/>, which is to be written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(int block, int place)
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
        _places[_count] = place;
        return _count++;
    }

    /// <summary>The first pull for a block, or a negative number.</summary>
    public int First(int block) => _first[block];

    /// <summary>The next pull for the same block, or a negative number.</summary>
    public int Next(int entry) => _next[entry];

    /// <summary>The place that a pull is for.</summary>
    public int Place(int entry) => _places[entry];
}
