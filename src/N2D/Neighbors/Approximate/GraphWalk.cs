using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// A best-first walk along a search graph toward a query: it repeatedly visits the targets of the nearest row that is not expanded yet,
/// until all of the nearest rows seen so far are expanded (Malkov and Yashunin, 2018, algorithm 2).
/// </summary>
/// <remarks>
/// An instance is reused for one walk after the other. Rows are ordered by distance, then by number, so the result is unique.
/// </remarks>
internal sealed class GraphWalk
{
    /// <summary>
    /// The number of nearest rows that a walk keeps, for each requested neighbor and at least. More have a higher recall and take longer.
    /// </summary>
    private const int SightPerNeighbor = 2;
    private const int LeastSight = 48;

    private readonly Matrix _rows;
    private readonly SearchGraph _graph;
    private readonly float[] _ranks;
    private readonly int[] _seen;
    private readonly bool[] _isPassed;
    private readonly int[] _stamps;
    private int _stamp;
    private int _count;

    /// <summary>Allocates memory for a walk.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="graph">Their search graph.</param>
    /// <param name="neighborCount">k.</param>
    public GraphWalk(Matrix rows, SearchGraph graph, int neighborCount)
    {
        _rows = rows;
        _graph = graph;
        var sight = SightFor(neighborCount);
        _ranks = new float[sight];
        _seen = new int[sight];
        _isPassed = new bool[sight];
        _stamps = new int[rows.RowCount];
    }

    /// <summary>Whether the memory fits these rows and this number of neighbors.</summary>
    public bool Serves(int neighborCount) => _ranks.Length == SightFor(neighborCount);

    /// <summary>Starts a new walk.</summary>
    public void Begin()
    {
        _count = 0;
        if (++_stamp == int.MaxValue)
        {
            Array.Clear(_stamps);
            _stamp = 1;
        }
    }

    /// <summary>Visits a row, and keeps it if it is near enough.</summary>
    /// <returns>The rank of the row among the nearest; their number if it is not one of them.</returns>
    public int Visit<TKernel>(TKernel kernel, ReadOnlySpan<float> query, int row)
        where TKernel : struct, IDistanceKernel
    {
        if (_stamps[row] == _stamp)
        {
            return _ranks.Length;
        }

        _stamps[row] = _stamp;
        var rank = PairDistance.Rank(kernel, query, _rows.Row(row));
        if (float.IsNaN(rank))
        {
            rank = float.PositiveInfinity;
        }

        var place = _count;
        while (place > 0 && (rank < _ranks[place - 1] || (rank == _ranks[place - 1] && row < _seen[place - 1])))
        {
            place--;
        }

        if (place == _ranks.Length)
        {
            return place;
        }

        var moved = Math.Min(_count, _ranks.Length - 1) - place;
        Array.Copy(_ranks, place, _ranks, place + 1, moved);
        Array.Copy(_seen, place, _seen, place + 1, moved);
        Array.Copy(_isPassed, place, _isPassed, place + 1, moved);
        (_ranks[place], _seen[place], _isPassed[place]) = (rank, row, false);
        _count = Math.Min(_count + 1, _ranks.Length);
        return place;
    }

    /// <summary>Walks from the visited rows to the nearest ones.</summary>
    public void Run<TKernel>(TKernel kernel, ReadOnlySpan<float> query)
        where TKernel : struct, IDistanceKernel
    {
        var place = 0;
        while (place < _count)
        {
            if (_isPassed[place])
            {
                place++;
                continue;
            }

            _isPassed[place] = true;
            foreach (var target in _graph.EdgesOf(_seen[place]))
            {
                place = Math.Min(place, Visit(kernel, query, target));
            }
        }
    }

    /// <summary>Copies the nearest visited rows, nearest first. If these are too few, it visits all rows.</summary>
    public void CopyTo<TKernel>(TKernel kernel, ReadOnlySpan<float> query, Span<int> indices, Span<float> distances)
        where TKernel : struct, IDistanceKernel
    {
        for (var row = 0; _count < indices.Length && row < _rows.RowCount; row++)
        {
            Visit(kernel, query, row);
        }

        for (var place = 0; place < indices.Length; place++)
        {
            (indices[place], distances[place]) = (_seen[place], kernel.Finish(_ranks[place]));
        }
    }

    private static int SightFor(int neighborCount) => Math.Max(LeastSight, SightPerNeighbor * neighborCount);
}
