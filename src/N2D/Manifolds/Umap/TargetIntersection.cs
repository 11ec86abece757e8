using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Supervision by numbers: the fuzzy graph of the rows, intersected with that of their targets. Weights are mixed as in umap-learn
/// (general_simplicial_set_intersection, then reset_local_connectivity).
/// </summary>
/// <remarks>
/// There are three differences from umap-learn. The graph of the targets is symmetric, like that of the rows, and as in umap-learn up to
/// 0.3; later versions omit the fuzzy union, because an argument changed its meaning. All numbers that are as near as the kth count as
/// neighbors: many integers are equally near, and which of them a search finds is arbitrary. And rows may have no target: their edges do
/// not change.
/// </remarks>
internal sealed class TargetIntersection
{
    private const int RowsPerBlock = 512;

    /// <summary>
    /// Limits of the membership of pairs that are not neighbors: half of the least membership, at least the first, and for targets at most
    /// the second.
    /// </summary>
    private const double LeastMembership = 1e-8;
    private const double LargestAbsentTarget = 1e-4;

    /// <summary>The options of the targets' graph, which do not depend on those of the rows, as in umap-learn.</summary>
    private static readonly UmapOptions TargetOptions = new() { LocalConnectivity = 1, SetOperationMixRatio = 1 };

    private readonly SparseMatrix _rowGraph;
    private readonly SparseMatrix _targetGraph;
    private readonly int[] _knownRows;
    private readonly int[] _knownPlaces;
    private readonly double[] _numbers;
    private readonly float[] _rho;
    private readonly float[] _sigma;
    private readonly float[] _reach;
    private readonly double _weight;
    private readonly double _absentRow;
    private readonly double _absentTarget;

    private TargetIntersection(SparseMatrix graph, NumericTarget target, int neighborCount, float weight, Execution execution)
    {
        _rowGraph = graph;
        _weight = weight;
        _knownPlaces = new int[target.RowCount];
        _knownRows = new int[target.KnownCount];
        var known = 0;
        for (var row = 0; row < target.RowCount; row++)
        {
            var isKnown = !double.IsNaN(target.Values[row]);
            _knownPlaces[row] = isKnown ? known : -1;
            if (isKnown)
            {
                _knownRows[known++] = row;
            }
        }

        _numbers = Scaled(target, _knownRows);
        var neighbors = TargetNeighbors.Find(_numbers, Math.Min(neighborCount, known) - 1, execution);
        _targetGraph = FuzzySimplicialSet.Build(neighbors, TargetOptions, execution);
        (_rho, _sigma) = SmoothKnnDistances.Compute(neighbors, TargetOptions.LocalConnectivity, execution);
        _reach = [.. Enumerable.Range(0, known).Select(place => neighbors.Distances(place)[^1])];
        _absentRow = Math.Max(TensorPrimitives.Min<float>(graph.Values) / 2.0, LeastMembership);
        _absentTarget = Math.Clamp(TensorPrimitives.Min<float>(_targetGraph.Values) / 2.0, LeastMembership, LargestAbsentTarget);
    }

    /// <summary>
    /// Reduces the weights of edges between rows with different targets, adds weak edges between rows with similar targets, and restores
    /// the local connectivity.
    /// </summary>
    /// <param name="graph">The fuzzy graph of the rows, n x n, symmetric.</param>
    /// <param name="target">The targets of the rows. A single known target has no effect.</param>
    /// <param name="neighborCount">The size of each target's neighborhood, including itself, 2 or more; all if fewer are known.</param>
    /// <param name="weight">
    /// The weight of the targets, from 0 (no effect) to 1 (the rows have no effect). A membership is that of the rows times that of the
    /// targets, and the one with the smaller weight is raised to the power of the ratio of the weights.
    /// </param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The intersection, n x n, symmetric; the graph itself if the targets have no effect.</returns>
    public static SparseMatrix Apply(SparseMatrix graph, NumericTarget target, int neighborCount, float weight, Execution execution) =>
        weight > 0 && target.KnownCount > 1 && graph.Values.Length > 0
            ? FuzzySimplicialSet.Reconnect(
                new TargetIntersection(graph, target, neighborCount, weight, execution).Mix(execution), execution)
            : graph;

    /// <summary>The known numbers, scaled below 2 by a power of two, which changes only the scale of differences.</summary>
    private static double[] Scaled(NumericTarget target, int[] knownRows)
    {
        var numbers = new double[knownRows.Length];
        for (var place = 0; place < numbers.Length; place++)
        {
            numbers[place] = target.Values[knownRows[place]];
        }

        // Halve each number, because the difference of the largest doubles is infinite.
        var (low, high) = (TensorPrimitives.Min<double>(numbers), TensorPrimitives.Max<double>(numbers));
        var range = (high / 2) - (low / 2);
        var exponent = range > 0 ? Math.ILogB(range) : 0;
        for (var place = 0; place < numbers.Length; place++)
        {
            numbers[place] = Math.ScaleB((numbers[place] / 2) - (low / 2), -exponent);
        }

        return numbers;
    }

    /// <summary>The intersected graph, with the edges of the rows and of the targets.</summary>
    private SparseMatrix Mix(Execution execution)
    {
        var rowStarts = new int[_rowGraph.RowCount + 1];
        ParallelRows.For(_rowGraph.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                rowStarts[row + 1] = MixRow(row, [], []);
            }
        });
        for (var row = 0; row < _rowGraph.RowCount; row++)
        {
            rowStarts[row + 1] += rowStarts[row];
        }

        var (columns, values) = (new int[rowStarts[^1]], new float[rowStarts[^1]]);
        ParallelRows.For(_rowGraph.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var part = rowStarts[row]..rowStarts[row + 1];
                MixRow(row, columns.AsSpan(part), values.AsSpan(part));
            }
        });
        return new SparseMatrix(rowStarts, columns, values);
    }

    /// <summary>Merges the edges of a row. With empty spans it only counts them.</summary>
    /// <returns>The number of edges.</returns>
    private int MixRow(int row, Span<int> columns, Span<float> values)
    {
        var own = _knownPlaces[row];
        var rowColumns = _rowGraph.RowColumns(row);
        var rowValues = _rowGraph.RowValues(row);
        var targetPlaces = own < 0 ? [] : _targetGraph.RowColumns(own);
        var (left, right, count) = (0, 0, 0);
        while (left < rowColumns.Length || right < targetPlaces.Length)
        {
            var leftColumn = left < rowColumns.Length ? rowColumns[left] : int.MaxValue;
            var rightColumn = right < targetPlaces.Length ? _knownRows[targetPlaces[right]] : int.MaxValue;
            var column = Math.Min(leftColumn, rightColumn);
            if (!columns.IsEmpty)
            {
                columns[count] = column;
                var membership = leftColumn == column ? rowValues[left] : (float)_absentRow;
                var other = _knownPlaces[column];
                values[count] = own < 0 || other < 0 ? membership : Mixed(membership, TargetMembership(own, other));
            }

            left += leftColumn == column ? 1 : 0;
            right += rightColumn == column ? 1 : 0;
            count++;
        }

        return count;
    }

    private float Mixed(double membership, double targetMembership) => (float)(_weight < 0.5
        ? membership * PortableMath.Pow(targetMembership, _weight / (1 - _weight))
        : PortableMath.Pow(membership, (1 - _weight) / _weight) * targetMembership);

    /// <summary>The fuzzy union of the memberships that two targets give each other, or the membership of non-neighbors.</summary>
    private double TargetMembership(int own, int other)
    {
        var distance = TargetNeighbors.Distance(_numbers[own], _numbers[other]);
        var (one, two) = (MembershipOf(own, distance), MembershipOf(other, distance));
        return Math.Max(one + two - (one * two), _absentTarget);
    }

    private float MembershipOf(int place, float distance) =>
        distance <= _reach[place] ? SmoothKnnDistances.Membership(distance, _rho[place], _sigma[place]) : 0;
}
