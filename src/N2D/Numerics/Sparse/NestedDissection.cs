namespace N2D.Numerics;

/// <summary>
/// An order of elimination that leaves a sparse matrix sparse (George, 1973): a few rows whose removal parts the rest in two are eliminated last, and so on within both parts.
/// </summary>
/// <remarks>
/// A part is cut where a breadth-first search from its edge is narrowest, by levels. Rows that lie on a surface are cut well. Rows that fill many dimensions have no narrow place; they stay together, as
/// one dense block.
/// </remarks>
internal sealed class NestedDissection
{
    /// <summary>Parts of no more rows are not cut.</summary>
    private const int LeafSize = 96;

    /// <summary>A cut of a larger share of a part gains nothing.</summary>
    private const double LargestCut = 0.4;

    private const int None = -1;

    private readonly SymmetricSparseMatrix _matrix;
    private readonly CancellationToken _cancellationToken;

    /// <summary>The part that each row is in now.</summary>
    private readonly int[] _partOf;
    private readonly int[] _level;
    private readonly List<int[]> _blocks = [];
    private readonly List<int> _parents = [];
    private int _partCount;

    private NestedDissection(SymmetricSparseMatrix matrix, CancellationToken cancellationToken)
    {
        _matrix = matrix;
        _cancellationToken = cancellationToken;
        _partOf = new int[matrix.RowCount];
        _level = new int[matrix.RowCount];
    }

    /// <summary>Finds the order.</summary>
    /// <param name="matrix">n x n.</param>
    /// <param name="cancellationToken">Looked at before each cut.</param>
    /// <returns>The blocks of rows in the order of elimination, and for each the block that separates it from the rest; -1 for the last one.</returns>
    public static (List<int[]> Blocks, List<int> Parents) Order(SymmetricSparseMatrix matrix, CancellationToken cancellationToken)
    {
        var dissection = new NestedDissection(matrix, cancellationToken);
        dissection.Cut(Enumerable.Range(0, matrix.RowCount).ToArray());
        return (dissection._blocks, dissection._parents);
    }

    /// <summary>Orders a part.</summary>
    /// <returns>The number of its last block.</returns>
    private int Cut(int[] rows)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (rows.Length > LeafSize && TrySeparate(rows, out var low, out var high, out var separator))
        {
            var children = new List<int>();
            foreach (var part in new[] { low, high })
            {
                if (part.Length > 0)
                {
                    children.Add(Cut(part));
                }
            }

            var own = Add(separator);
            foreach (var child in children)
            {
                _parents[child] = own;
            }

            return own;
        }

        return Add(rows);
    }

    private int Add(int[] rows)
    {
        _blocks.Add(rows);
        _parents.Add(None);
        return _blocks.Count - 1;
    }

    private bool TrySeparate(int[] rows, out int[] low, out int[] high, out int[] separator)
    {
        (low, high, separator) = ([], [], []);
        var part = ++_partCount;
        foreach (var row in rows)
        {
            _partOf[row] = part;
        }

        // From any row to one at the edge, and from there to one at the opposite edge.
        var order = Search(rows, rows[0], part);
        order = Search(rows, order[^1], part);
        if (order.Count < rows.Length)
        {
            // It is in pieces already: those that the search did not reach are the other part.
            var reached = order.ToHashSet();
            low = [.. rows.Where(reached.Contains)];
            high = [.. rows.Where(row => !reached.Contains(row))];
            return true;
        }

        var level = NarrowestLevel(order);
        if (level == None)
        {
            return false;
        }

        // Of the level, only rows with a neighbor beyond it separate anything.
        separator = [.. rows.Where(row => _level[row] == level && HasNeighborAt(row, level + 1, part))];
        var isSeparator = separator.ToHashSet();
        low = [.. rows.Where(row => _level[row] <= level && !isSeparator.Contains(row))];
        high = [.. rows.Where(row => _level[row] > level)];
        return separator.Length <= LargestCut * rows.Length && low.Length > 0 && high.Length > 0;
    }

    /// <summary>Numbers the levels of a part from a row.</summary>
    /// <returns>Its rows in the order in which they are reached.</returns>
    private List<int> Search(int[] rows, int first, int part)
    {
        foreach (var row in rows)
        {
            _level[row] = None;
        }

        var order = new List<int>(rows.Length) { first };
        _level[first] = 0;
        for (var next = 0; next < order.Count; next++)
        {
            foreach (var other in _matrix.RowColumns(order[next]))
            {
                if (_partOf[other] == part && _level[other] == None)
                {
                    _level[other] = _level[order[next]] + 1;
                    order.Add(other);
                }
            }
        }

        return order;
    }

    /// <summary>The smallest level with no less than a quarter of the rows on either side; none if there is none.</summary>
    private int NarrowestLevel(List<int> order)
    {
        var sizes = new int[_level[order[^1]] + 1];
        foreach (var row in order)
        {
            sizes[_level[row]]++;
        }

        var (best, before) = (None, 0);
        for (var level = 0; level < sizes.Length - 1; level++)
        {
            var after = order.Count - before - sizes[level];
            if (Math.Min(before, after) >= order.Count / 4 && (best == None || sizes[level] < sizes[best]))
            {
                best = level;
            }

            before += sizes[level];
        }

        return best;
    }

    private bool HasNeighborAt(int row, int level, int part)
    {
        foreach (var other in _matrix.RowColumns(row))
        {
            if (_partOf[other] == part && _level[other] == level)
            {
                return true;
            }
        }

        return false;
    }
}
