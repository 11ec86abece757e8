using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// A walk along the graph of rows toward a query: of the nearest rows seen so far, the nearest that it has not yet gone on from shows the rows that its edges lead
/// to, until it has gone on from all of them (Malkov and Yashunin, 2018, algorithm 2).
/// </summary>
/// <remarks>Room for one walk, used for one after the other. Rows are ordered by distance, then by number, so that there is one definite end.</remarks>
internal sealed class GraphWalk
{
    /// <summary>Rows that are kept in sight for each neighbor that is wanted, and at the least: more find more of the neighbors, and take longer.</summary>
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

    /// <summary>Makes room.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="graph">Their graph.</param>
    /// <param name="neighborCount">k, how many are wanted.</param>
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

    /// <summary>Whether it has the room for so many neighbors, and no other.</summary>
    public bool Serves(int neighborCount) => _ranks.Length == SightFor(neighborCount);

    /// <summary>Begins a walk that has seen nothing.</summary>
    public void Begin()
    {
        _count = 0;
        if (++_stamp == int.MaxValue)
        {
            Array.Clear(_stamps);
            _stamp = 1;
        }
    }

    /// <summary>Looks at a row, and keeps it in sight if it is near enough.</summary>
    /// <returns>Its place among the nearest; their number if it is not one of them.</returns>
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

    /// <summary>Walks from the rows that were visited to the nearest.</summary>
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

    /// <summary>Hands out the nearest rows that were seen, nearest first; looks at all rows where those are too few.</summary>
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
