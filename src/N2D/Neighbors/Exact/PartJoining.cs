using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// The shortest edges that connect rows, or parts of them (Borůvka, 1926): in each round, every part but the largest adds its shortest edge
/// to another part, which a k-d tree finds without comparing most pairs (March, Ram and Gray, 2010, row by row). Distances may be mutual
/// reachability distances: at least the core distance of both rows (Campello, Moulavi and Sander, 2013).
/// </summary>
/// <typeparam name="TKernel">The kind of metric.</typeparam>
/// <remarks>
/// The rows of a part share the length of its shortest edge so far, and skip longer ones. When they see it depends on the threads, but the
/// result does not: an edge as short as the shortest is never skipped, and among equally short edges the first one of the first row wins.
/// </remarks>
internal sealed class PartJoining<TKernel>
    where TKernel : struct, IDistanceKernel
{
    private const int PlacesPerBlock = 64;
    private const int Nobody = -1;

    private readonly TKernel _kernel;
    private readonly KdTree _tree;
    private readonly float[] _cores;
    private readonly float[] _nodeCores;
    private readonly int[] _nodeParts;
    private readonly int[] _parts;
    private readonly DisjointSets _sets;

    // By place: a lower bound of the edges to other parts, and the row at the end of an edge of that length, if known.
    private readonly float[] _shortest;
    private readonly int[] _target;

    // By part, at the index of its representative: the length of the shortest edge to another part so far.
    private readonly AtomicMinima _bounds;

    /// <summary>Creates one part for each row.</summary>
    /// <param name="kernel">The metric.</param>
    /// <param name="tree">The rows.</param>
    /// <param name="cores">The core distance of each row; null for none.</param>
    public PartJoining(TKernel kernel, KdTree tree, float[]? cores)
    {
        (_kernel, _tree) = (kernel, tree);
        _sets = new DisjointSets(tree.RowCount);
        _parts = new int[tree.PlaceCount];
        _parts.AsSpan(tree.RowCount).Fill(Nobody);
        _cores = new float[tree.PlaceCount];
        _cores.AsSpan(tree.RowCount).Fill(float.PositiveInfinity);
        for (var place = 0; place < tree.RowCount && cores is not null; place++)
        {
            _cores[place] = cores[tree.RowAt[place]];
        }

        _nodeParts = new int[tree.Nodes.Length];
        _nodeCores = new float[tree.Nodes.Length];
        for (var node = _nodeCores.Length - 1; node >= 0; node--)
        {
            var box = tree.Nodes[node];
            _nodeCores[node] = box.IsLeaf
                ? System.Numerics.Tensors.TensorPrimitives.Min<float>(_cores.AsSpan(box.Start, box.End - box.Start))
                : MathF.Min(_nodeCores[box.Left], _nodeCores[box.Right]);
        }

        _shortest = new float[tree.RowCount];
        _target = new int[tree.RowCount];
        Array.Fill(_target, Nobody);
        _bounds = new AtomicMinima(tree.RowCount);
    }

    /// <summary>Uses neighbors within the core distance: one with no larger core distance is as near as any row can be.</summary>
    /// <param name="neighbors">Nearest neighbors within the core distance.</param>
    public void StartFrom(NeighborGraph neighbors)
    {
        var placeOf = _tree.PlacesOfRows();
        for (var place = 0; place < placeOf.Length; place++)
        {
            _shortest[place] = _cores[place];
            foreach (var neighbor in neighbors.Neighbors(_tree.RowAt[place]))
            {
                if (_cores[placeOf[neighbor]] <= _cores[place])
                {
                    _target[place] = placeOf[neighbor];
                    break;
                }
            }
        }
    }

    /// <summary>Merges rows into parts before the first round.</summary>
    /// <param name="places">The places of the rows of each part.</param>
    public void Union(IEnumerable<int[]> places)
    {
        foreach (var part in places)
        {
            foreach (var place in part)
            {
                _sets.Union(part[0], place);
            }
        }
    }

    /// <summary>Connects parts until one is left.</summary>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">The distance of parts is not finite (<c>UndefinedDistance</c>).</exception>
    public List<SpanningEdge> Run(Execution execution)
    {
        var edges = new List<SpanningEdge>(_tree.RowCount);
        while (true)
        {
            var partCount = NumberParts(out var largest);
            if (partCount == 1)
            {
                return edges;
            }

            execution.Report($"joining {partCount} parts", 1 - (PortableMath.Log(partCount) / PortableMath.Log(_tree.RowCount + 1)));
            _bounds.Reset();
            for (var place = 0; place < _tree.RowCount; place++)
            {
                if (_target[place] != Nobody && _parts[_target[place]] == _parts[place])
                {
                    _target[place] = Nobody;
                }
                else if (_target[place] != Nobody)
                {
                    _bounds.Update(_parts[place], _shortest[place]);
                }
            }

            ParallelRows.For(_tree.RowCount, PlacesPerBlock, execution, (start, end) =>
            {
                Span<float> distances = stackalloc float[KdTree.LeafSize];
                for (var place = start; place < end; place++)
                {
                    if (_parts[place] != largest && _target[place] == Nobody)
                    {
                        Search(place, distances);
                    }
                }
            });
            var before = edges.Count;
            AddShortest(largest, edges);
            if (edges.Count == before)
            {
                throw new N2DException(
                    "UndefinedDistance",
                    ErrorKind.InvalidData,
                    "Some rows are at no finite distance from the others: values are too large for the metric, or rows are each other's "
                        + "negative under Bray-Curtis. Scale the data down, or use another metric.");
            }
        }
    }

    /// <summary>Stores the part of each place, and of each box whose places are all in the same part.</summary>
    /// <returns>The number of parts, and the part with the most places.</returns>
    private int NumberParts(out int largest)
    {
        var sizes = new int[_tree.RowCount];
        for (var place = 0; place < sizes.Length; place++)
        {
            _parts[place] = _sets.Find(place);
            sizes[_parts[place]]++;
        }

        for (var node = _nodeParts.Length - 1; node >= 0; node--)
        {
            var box = _tree.Nodes[node];
            if (box.IsLeaf)
            {
                var own = _parts.AsSpan(box.Start, box.End - box.Start);
                _nodeParts[node] = own.ContainsAnyExcept(own[0]) ? Nobody : own[0];
            }
            else
            {
                _nodeParts[node] = _nodeParts[box.Left] == _nodeParts[box.Right] ? _nodeParts[box.Left] : Nobody;
            }
        }

        largest = 0;
        for (var part = 1; part < sizes.Length; part++)
        {
            largest = sizes[part] > sizes[largest] ? part : largest;
        }

        return sizes.Length - sizes.AsSpan().Count(0);
    }

    /// <summary>Finds the nearest row of another part, unless it is farther than the shortest edge of the own part so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Search(int place, Span<float> distances)
    {
        var part = _parts[place];
        var bound = _bounds[part];
        if (_shortest[place] > bound)
        {
            return;
        }

        // An edge as short as the bound counts; an edge as short as one that this row has found does not.
        var limit = MathF.BitIncrement(bound);
        var target = Nobody;
        Span<int> stack = stackalloc int[128];
        Span<float> lengths = stackalloc float[128];
        (stack[0], lengths[0]) = (0, 0);
        for (var depth = 0; depth >= 0;)
        {
            var (node, length) = (stack[depth], lengths[depth--]);
            if (!(length < limit) || _nodeParts[node] == part)
            {
                continue;
            }

            var box = _tree.Nodes[node];
            if (box.IsLeaf)
            {
                MeasureLeaf(box, place, distances, ref limit, ref target);
                continue;
            }

            var (left, right) = (LeastWay(box.Left, place), LeastWay(box.Right, place));
            var (near, far, nearLength, farLength) = right < left ? (box.Right, box.Left, right, left) : (box.Left, box.Right, left, right);
            (stack[++depth], lengths[depth]) = (far, farLength);
            (stack[++depth], lengths[depth]) = (near, nearLength);
        }

        if (target != Nobody)
        {
            (_shortest[place], _target[place]) = (limit, target);
            _bounds.Update(part, limit);
        }
        else
        {
            _shortest[place] = bound;
        }
    }

    private float LeastWay(int node, int place) =>
        MathF.Max(MathF.Max(_cores[place], _nodeCores[node]), _tree.DistanceToBox(_kernel, node, place));

    private void MeasureLeaf(KdTree.Node box, int place, Span<float> distances, ref float limit, ref int target)
    {
        _tree.MeasureLeaf(_kernel, box.Start, place, distances);
        var part = _parts[place];
        var core = _cores[place];
        for (var lane = 0; lane < box.End - box.Start; lane++)
        {
            var length = MathF.Max(distances[lane], core);
            if (length < limit && _parts[box.Start + lane] != part)
            {
                length = MathF.Max(length, _cores[box.Start + lane]);
                if (length < limit)
                {
                    (limit, target) = (length, box.Start + lane);
                }
            }
        }
    }

    private void AddShortest(int largest, List<SpanningEdge> edges)
    {
        var winners = new int[_tree.RowCount];
        Array.Fill(winners, Nobody);
        for (var place = 0; place < winners.Length; place++)
        {
            ref var winner = ref winners[_parts[place]];
            if (_target[place] != Nobody && (winner == Nobody || _shortest[place] < _shortest[winner]))
            {
                winner = place;
            }
        }

        for (var part = 0; part < winners.Length; part++)
        {
            // Two parts may have chosen each other, by the same edge or by two edges of equal length.
            if (winners[part] is not Nobody and var place && part != largest && _sets.Union(place, _target[place]))
            {
                edges.Add(new SpanningEdge(_tree.RowAt[place], _tree.RowAt[_target[place]], _shortest[place]));
            }
        }
    }
}
