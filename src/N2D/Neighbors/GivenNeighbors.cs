using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Neighbors;

/// <summary>
/// Precomputed neighbors, which a learner uses instead of its own search: umap-learn's <c>precomputed_knn</c> and scikit-learn's
/// <c>metric='precomputed'</c>. Either the nearest rows of each row, or the distances of all pairs. Immutable, and validated on creation.
/// </summary>
public sealed class GivenNeighbors
{
    private const int RowsPerBlock = 64;

    /// <summary>The number of rows whose given distances are compared with those of their values.</summary>
    private const int ComparedRows = 100;

    /// <summary>
    /// The largest distance of a row from itself, relative to the largest distance: rounded cosine distances are not quite 0.
    /// </summary>
    private const float SelfShare = 1e-3f;

    /// <summary>
    /// The largest relative difference of a given distance from that of the values: other programs may round differently.
    /// </summary>
    private const float ComparedShare = 0.01f;

    private readonly NeighborGraph? _graph;
    private readonly Matrix? _distances;

    private GivenNeighbors(NeighborGraph? graph, Matrix? distances) => (_graph, _distances) = (graph, distances);

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _graph?.RowCount ?? _distances!.RowCount;

    /// <summary>The number of neighbors of each row, without the row itself.</summary>
    public int NeighborCount => _graph?.NeighborCount ?? _distances!.RowCount - 1;

    /// <summary>
    /// Creates neighbors from the nearest rows of each row, as scikit-learn's <c>kneighbors</c> and umap-learn's <c>nearest_neighbors</c>
    /// return them.
    /// </summary>
    /// <param name="indices">n x k row numbers, from 0.</param>
    /// <param name="distances">n x k distances, ascending in each row.</param>
    /// <param name="count">
    /// k. If any row lists itself, k includes the row itself; rows that do not list themselves then lose their last neighbor.
    /// </param>
    /// <exception cref="N2DException">
    /// The arrays differ in size or are empty (<c>NeighborShape</c>), an index is not a row number (<c>NeighborIndexOutOfRange</c>), a
    /// distance is negative or not finite (<c>NeighborDistanceOutOfRange</c>), the distances of a row are not ascending
    /// (<c>NeighborsNotSorted</c>), a row lists another one twice (<c>NeighborListedTwice</c>), or a row is not at distance 0 from itself
    /// (<c>DistanceToSelf</c>).
    /// </exception>
    public static GivenNeighbors FromLists(int[] indices, float[] distances, int count)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(distances);
        if (count < 1 || indices.Length != distances.Length || indices.Length % count != 0 || indices.Length / count < 2)
        {
            throw Invalid(
                "NeighborShape",
                $"There are {indices.Length} indices and {distances.Length} distances, with {count} neighbors for each row. "
                    + "Give one index and one distance for each neighbor of at least 2 rows.");
        }

        var rowCount = indices.Length / count;
        var largest = ThrowIfOutOfRange(distances, count);
        var listsItself = new bool[rowCount];
        var seen = new int[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            listsItself[row] = ThrowIfInvalid(row, indices.AsSpan(row * count, count), distances.AsSpan(row * count, count), seen, largest);
        }

        return new GivenNeighbors(WithoutItself(indices, distances, count, listsItself), null);
    }

    /// <summary>Creates neighbors from the distances of all pairs of rows.</summary>
    /// <param name="distances">n x n. Row i contains the distances of row i from all rows.</param>
    /// <exception cref="N2DException">
    /// The matrix is not square or has a single row (<c>NeighborShape</c>), a distance is negative or not finite
    /// (<c>NeighborDistanceOutOfRange</c>), or a row is not at distance 0 from itself (<c>DistanceToSelf</c>).
    /// </exception>
    public static GivenNeighbors FromDistances(Matrix distances)
    {
        ArgumentNullException.ThrowIfNull(distances);
        if (distances.RowCount != distances.ColumnCount || distances.RowCount < 2)
        {
            throw Invalid(
                "NeighborShape",
                $"The distances are {distances.RowCount} x {distances.ColumnCount}, which is not a square matrix of at least 2 rows. "
                    + "Give the distances of all pairs of rows, n x n, or two arrays with the indices and the distances of each row's "
                    + "neighbors.");
        }

        var largest = ThrowIfOutOfRange(distances.UnsafeValues, distances.ColumnCount);
        for (var row = 0; row < distances.RowCount; row++)
        {
            ThrowIfNotAtItself(row, distances[row, row], largest);
        }

        return new GivenNeighbors(null, distances);
    }

    /// <summary>Throws if these are the neighbors of other rows, or too few.</summary>
    /// <param name="rowCount">The number of rows of the fit.</param>
    /// <param name="needed">The number of neighbors that each row needs, without the row itself.</param>
    /// <param name="method">The method that needs them, such as <c>UMAP</c>.</param>
    /// <param name="option">The option that determines their number.</param>
    /// <exception cref="N2DException">
    /// The number of rows is different (<c>NeighborRowMismatch</c>), or there are too few neighbors (<c>TooFewNeighbors</c>).
    /// </exception>
    internal void ThrowIfNotFor(int rowCount, int needed, string method, string option)
    {
        if (RowCount != rowCount)
        {
            throw new N2DException(
                "NeighborRowMismatch",
                ErrorKind.InvalidArgument,
                $"The given neighbors are those of {Quantity.Of(RowCount, "row")}; there {Quantity.Are(rowCount, "row")}. Give the "
                    + "neighbors of exactly these rows, in the same order.",
                rowCount);
        }

        if (NeighborCount < needed)
        {
            throw new N2DException(
                "TooFewNeighbors",
                ErrorKind.InvalidArgument,
                $"{method} needs {Quantity.Of(needed, "neighbor")} of each row, without the row itself; {NeighborCount} are given. "
                    + $"Use a smaller {option}, or give more neighbors.",
                needed)
            {
                Options = [option],
            };
        }
    }

    /// <summary>The nearest of the given neighbors.</summary>
    /// <param name="count">The number of neighbors of each row, at most <see cref="NeighborCount"/>.</param>
    /// <param name="execution">Threads and cancellation.</param>
    internal NeighborGraph First(int count, Execution execution)
    {
        execution.Explain?.Invoke(
            $"Neighbors: given, {(_graph is null ? "as the distances of all pairs" : $"{NeighborCount} of each row")}.");
        if (_graph is not null)
        {
            return _graph.First(count);
        }

        var indices = new int[ArraySize.Of(RowCount, count)];
        var distances = new float[ArraySize.Of(RowCount, count)];
        ParallelRows.For(RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                SelectNearest(_distances!.Row(row), row, indices.AsSpan(row * count, count), distances.AsSpan(row * count, count));
            }
        });
        return new NeighborGraph(indices, distances, count);
    }

    /// <summary>The neighbors that a fit used, which is all that it keeps.</summary>
    /// <param name="graph">The neighbors that it used.</param>
    internal static GivenNeighbors Of(NeighborGraph graph) => new(graph, null);

    /// <summary>Warns if the given distances differ from those of the rows' values, which place new rows.</summary>
    /// <param name="graph">The neighbors that the fit uses.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="distance">The distance that places new rows.</param>
    /// <param name="execution">Gets the warning.</param>
    internal static void WarnIfDifferent(NeighborGraph graph, Matrix rows, RowDistance distance, Execution execution)
    {
        if (execution.Warn is null)
        {
            return;
        }

        var count = Math.Min(ComparedRows, rows.RowCount);
        int[] compared = [.. Enumerable.Range(0, count).Select(place => (int)((long)place * rows.RowCount / count))];
        int[] farthest = Array.ConvertAll(compared, row => graph.Neighbors(row)[^1]);
        var prepared = MetricRows.Prepare(distance, rows.Select([.. compared, .. farthest]), execution.CancellationToken);
        var own = KernelChoice.Run(distance, rows.ColumnCount, new PairDistances(prepared));
        for (var place = 0; place < count; place++)
        {
            var given = graph.Distances(compared[place])[^1];
            if (MathF.Abs(own[place] - given) > ComparedShare * MathF.Max(own[place], given))
            {
                execution.Warn(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The given distances are not the {distance} distances of the rows: rows {compared[place] + 1} and "
                        + $"{farthest[place] + 1} have distance {given:G4} as given, but {own[place]:G4} by their values. The layout uses "
                        + $"the given distances. New rows are placed by their values and the {distance} distance."));
                return;
            }
        }
    }

    /// <summary>Writes the neighbors to a model file.</summary>
    /// <param name="part">The model file.</param>
    internal void Write(ModelPartWriter part)
    {
        var graph = First(NeighborCount, Execution.Default);
        part.Add<int>("neighbors.indices", graph.Indices, RowCount, NeighborCount);
        part.Add<float>("neighbors.distances", graph.AllDistances, RowCount, NeighborCount);
    }

    /// <summary>Reads the neighbors from a model file; null if it has none.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="neighborCount">The number of neighbors that the fit used.</param>
    internal static GivenNeighbors? Read(ModelPartReader part, int rowCount, int neighborCount)
    {
        if (!part.Has("neighbors.indices"))
        {
            return null;
        }

        return FromLists(
            part.GetIndices("neighbors.indices", rowCount, rowCount, neighborCount),
            part.GetArray<float>("neighbors.distances", rowCount, neighborCount),
            neighborCount) is { } neighbors && neighbors.NeighborCount == neighborCount
            ? neighbors
            : throw part.Corrupt("a row is listed as its own neighbor");
    }

    /// <summary>Selects the nearest other rows of a row. Rows at equal distances are in ascending order.</summary>
    private static void SelectNearest(ReadOnlySpan<float> all, int self, Span<int> indices, Span<float> distances)
    {
        var found = 0;
        for (var other = 0; other < all.Length; other++)
        {
            var distance = all[other];
            if (other == self || (found == distances.Length && !(distance < distances[^1])))
            {
                continue;
            }

            // Insert after rows at the same distance, which have lower numbers.
            var place = found < distances.Length ? found++ : found - 1;
            for (; place > 0 && distances[place - 1] > distance; place--)
            {
                (distances[place], indices[place]) = (distances[place - 1], indices[place - 1]);
            }

            (distances[place], indices[place]) = (distance, other);
        }
    }

    private static float ThrowIfOutOfRange(float[] distances, int count)
    {
        var largest = 0f;
        for (var place = 0; place < distances.Length; place++)
        {
            var distance = distances[place];
            if (!(distance >= 0 && float.IsFinite(distance)))
            {
                throw Invalid(
                    "NeighborDistanceOutOfRange",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Row {(place / count) + 1}, neighbor {(place % count) + 1}: the distance is {distance}. ")
                        + "Distances must be finite, and 0 or more. Give distances, not similarities, and all neighbors of each row.");
            }

            largest = MathF.Max(largest, distance);
        }

        return largest;
    }

    /// <summary>Throws if the list of a row is invalid.</summary>
    /// <returns>Whether the row lists itself.</returns>
    private static bool ThrowIfInvalid(int row, ReadOnlySpan<int> indices, ReadOnlySpan<float> distances, int[] seen, float largest)
    {
        var listsItself = false;
        for (var place = 0; place < indices.Length; place++)
        {
            var index = indices[place];
            if ((uint)index >= (uint)seen.Length)
            {
                throw Invalid(
                    "NeighborIndexOutOfRange",
                    $"Row {row + 1}, neighbor {place + 1}: the index is {index}, but row numbers are 0 to {seen.Length - 1}. "
                        + "An index of -1 marks a neighbor that was not found; repeat the search until all are found.");
            }

            if (seen[index] == row + 1)
            {
                throw Invalid(
                    "NeighborListedTwice", $"Row {row + 1} lists row {index + 1} twice (index {index}). List each neighbor once.");
            }

            seen[index] = row + 1;
            if (index == row)
            {
                listsItself = true;
                ThrowIfNotAtItself(row, distances[place], largest);
            }

            if (place > 0 && distances[place] < distances[place - 1])
            {
                throw Invalid(
                    "NeighborsNotSorted",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Row {row + 1}: the distances are not ascending; {distances[place]} comes after {distances[place - 1]}. ")
                        + "Sort the neighbors of each row, nearest first. If they are similarities, give distances.");
            }
        }

        return listsItself;
    }

    private static void ThrowIfNotAtItself(int row, float distance, float largest)
    {
        if (distance > SelfShare * largest)
        {
            throw Invalid(
                "DistanceToSelf",
                string.Create(CultureInfo.InvariantCulture, $"Row {row + 1} is at distance {distance} from itself; it must be 0. ")
                    + "Give distances, not similarities or the rows themselves, in the order of the rows.");
        }
    }

    private static NeighborGraph WithoutItself(int[] indices, float[] distances, int count, bool[] listsItself)
    {
        if (!listsItself.Contains(true))
        {
            return new NeighborGraph([.. indices], [.. distances], count);
        }

        if (count == 1)
        {
            throw Invalid("NeighborShape", "Each row lists itself and no other row. Give more neighbors.");
        }

        var kept = count - 1;
        var (others, ofOthers) = (new int[ArraySize.Of(listsItself.Length, kept)], new float[ArraySize.Of(listsItself.Length, kept)]);
        for (var row = 0; row < listsItself.Length; row++)
        {
            var target = row * kept;
            for (var place = row * count; place < (row + 1) * count && target < (row + 1) * kept; place++)
            {
                if (indices[place] != row)
                {
                    (others[target], ofOthers[target++]) = (indices[place], distances[place]);
                }
            }
        }

        return new NeighborGraph(others, ofOthers, kept);
    }

    private static N2DException Invalid(string id, string message) => new(id, ErrorKind.InvalidData, message);

    /// <summary>The distances of the first half of some rows from the second.</summary>
    private sealed record PairDistances(Matrix Rows) : IKernelAction<float[]>
    {
        public float[] Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel
        {
            var distances = new float[Rows.RowCount / 2];
            for (var row = 0; row < distances.Length; row++)
            {
                distances[row] = kernel.Finish(PairDistance.Rank(kernel, Rows.Row(row), Rows.Row(row + distances.Length)));
            }

            return distances;
        }
    }
}
