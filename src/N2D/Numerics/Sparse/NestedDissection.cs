namespace N2D.Numerics;

/// <summary>
/// A fill-reducing elimination order by nested dissection (George, 1973): a small separator splits the rows into two parts and is
/// eliminated last; both parts are ordered the same way.
/// </summary>
/// <remarks>
/// The separator is the narrowest level of a breadth-first search from a peripheral row. This works well if the rows lie on a surface.
/// Rows that fill many dimensions have no narrow level; they stay together as one dense block.
/// </remarks>
internal sealed class NestedDissection
{
    /// <summary>The largest part that is not dissected.</summary>
    private const int LeafSize = 96;

    /// <summary>The largest share of a part that a useful separator can have.</summary>
    private const double MaxSeparatorShare = 0.4;

    private const int None = -1;

    private readonly SymmetricSparseMatrix _matrix;
    private readonly CancellationToken _cancellationToken;

    /// <summary>The current part of each row.</summary>
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
    /// <param name="cancellationToken">Checked before each dissection.</param>
    /// <returns>
    /// The blocks of rows in the order of elimination, and the parent of each block in the elimination tree, which is its separator; -1 for
    /// the root.
    /// </returns>
    public static (List<int[]> Blocks, List<int> Parents) Order(SymmetricSparseMatrix matrix, CancellationToken cancellationToken)
    {
        var dissection = new NestedDissection(matrix, cancellationToken);
        dissection.Dissect(Enumerable.Range(0, matrix.RowCount).ToArray());
        return (dissection._blocks, dissection._parents);
    }

    /// <summary>Orders a part.</summary>
    /// <returns>The number of its last block, the root of its subtree.</returns>
    private int Dissect(int[] rows)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (rows.Length > LeafSize && TrySeparate(rows, out var low, out var high, out var separator))
        {
            var children = new List<int>();
            foreach (var part in new[] { low, high })
            {
                if (part.Length > 0)
                {
                    children.Add(Dissect(part));
                }
            }

            var own = AddBlock(separator);
            foreach (var child in children)
            {
                _parents[child] = own;
            }

            return own;
        }

        return AddBlock(rows);
    }

    private int AddBlock(int[] rows)
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

        // Two searches: from any row to a peripheral one, and from there to the opposite side.
        var order = Search(rows, rows[0], part);
        order = Search(rows, order[^1], part);
        if (order.Count < rows.Length)
        {
            // The part is disconnected: the rows that the search did not reach are the other part.
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

        // Only rows with a neighbor in the next level belong to the separator.
        separator = [.. rows.Where(row => _level[row] == level && HasNeighborAt(row, level + 1, part))];
        var isSeparator = separator.ToHashSet();
        low = [.. rows.Where(row => _level[row] <= level && !isSeparator.Contains(row))];
        high = [.. rows.Where(row => _level[row] > level)];
        return separator.Length <= MaxSeparatorShare * rows.Length && low.Length > 0 && high.Length > 0;
    }

    /// <summary>Computes the breadth-first levels of a part from a row.</summary>
    /// <returns>The rows in the order in which they are reached.</returns>
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

    /// <summary>The smallest level with at least a quarter of the rows on each side; <see cref="None"/> if there is none.</summary>
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
