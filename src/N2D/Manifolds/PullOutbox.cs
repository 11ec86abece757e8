namespace N2D.Manifolds;

/// <summary>
/// The pulls that a block's rows have given to rows of other blocks, which those take later. In order of their giving, a list for each other block.
/// </summary>
internal sealed class PullOutbox
{
    private const int None = -1;

    private readonly int _stride;
    private readonly int[] _first;
    private readonly int[] _last;
    private int[] _places = new int[64];
    private int[] _next = new int[64];
    private float[] _pulls;
    private int _count;

    /// <summary>Makes an empty outbox.</summary>
    /// <param name="blockCount">The number of blocks.</param>
    /// <param name="stride">The length of a pull.</param>
    public PullOutbox(int blockCount, int stride)
    {
        _stride = stride;
        _first = new int[blockCount];
        _last = new int[blockCount];
        _pulls = new float[_places.Length * stride];
        Clear();
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _first.AsSpan().Fill(None);
        _count = 0;
    }

    /// <summary>Adds a pull.</summary>
    /// <param name="block">The block of the place that it is for.</param>
    /// <param name="place">The place.</param>
    /// <returns>The first value of the pull, to be written.</returns>
    public ref float Add(int block, int place)
    {
        if (_count == _places.Length)
        {
            Array.Resize(ref _places, 2 * _count);
            Array.Resize(ref _next, 2 * _count);
            Array.Resize(ref _pulls, 2 * _count * _stride);
        }

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
        return ref _pulls[_count++ * _stride];
    }

    /// <summary>The first pull for a block, or a negative number.</summary>
    public int First(int block) => _first[block];

    /// <summary>The next pull for the same block, or a negative number.</summary>
    public int Next(int entry) => _next[entry];

    /// <summary>The place that a pull is for.</summary>
    public int Place(int entry) => _places[entry];

    /// <summary>The first value of a pull.</summary>
    public ref float Pull(int entry) => ref _pulls[entry * _stride];
}
