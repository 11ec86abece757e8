using System.Runtime.CompilerServices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>What to ask of a manifold learner, and the way to ask it: whoever compares learners holds a list of these.</summary>
public abstract record ManifoldOptions
{
    private readonly int _dimension;

    /// <summary>Sets the default dimension.</summary>
    /// <param name="dimension">c.</param>
    protected ManifoldOptions(int dimension) => _dimension = dimension;

    /// <summary>n_components: the dimensions of the layout, 1 to 512.</summary>
    /// <exception cref="N2DException">It is out of that range (<c>DimensionOutOfRange</c>).</exception>
    [OptionRange(1, 512)]
    public int Dimension
    {
        get => _dimension;
        init => _dimension = Check(value);
    }

    /// <summary>random_state: the seed of everything random.</summary>
    public int Seed { get; init; }

    /// <summary>The learner's name in a sentence, such as <c>t-SNE</c>.</summary>
    protected abstract string Method { get; }

    /// <summary>Refuses a number of rows that the learner cannot do with.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are too few (<c>TooFewRows</c>).</exception>
    public abstract void ThrowIfTooFewRows(int rowCount);

    /// <summary>Fits the learner. The same rows, options and seed give the same bytes on any number of threads.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="neighbors">The neighbors of the rows; null to search for them.</param>
    /// <exception cref="N2DException">
    /// There are too few rows (<c>TooFewRows</c>), a value is NaN or infinite (<c>NotFinite</c>), or what the learner's own Fit tells.
    /// </exception>
    public FittedManifold Fit(Matrix rows, Execution execution, GivenNeighbors? neighbors = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        ThrowIfTooFewRows(rows.RowCount);
        if (neighbors is not null)
        {
            ThrowIfNotNeighbors(neighbors, rows.RowCount);
        }

        rows.ThrowIfNotFinite();
        return FitChecked(rows, execution, neighbors);
    }

    /// <summary>Refuses neighbors that are not those of the rows, or too few.</summary>
    /// <param name="neighbors">The neighbors.</param>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">
    /// They are those of other rows (<c>NeighborRowMismatch</c>), too few (<c>TooFewNeighbors</c>), or the learner has no use for them
    /// (<c>NeighborsNotTaken</c>).
    /// </exception>
    public void ThrowIfNotNeighbors(GivenNeighbors neighbors, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(neighbors);
        neighbors.ThrowIfNotFor(
            rowCount,
            NeighborsNeeded(rowCount) ?? throw new N2DException("NeighborsNotTaken", ErrorKind.InvalidArgument, $"{Method} takes no given neighbors."),
            Method);
    }

    /// <summary>The neighbors of each of so many rows that the learner needs, the row itself not counted; null if it takes none that are
    /// given.</summary>
    private protected virtual int? NeighborsNeeded(int rowCount) => null;

    /// <summary>Fits to rows that are enough and finite.</summary>
    private protected abstract FittedManifold FitChecked(Matrix rows, Execution execution, GivenNeighbors? neighbors);

    /// <summary>Returns a value that is null or in its option's range.</summary>
    private protected T Check<T>(T value, [CallerMemberName] string name = "") => OptionRange.Check(Method, GetType(), name, value);

    /// <summary>Refuses fewer rows than are needed.</summary>
    private protected void ThrowIfFewer(int rowCount, int needed, string reason, string remedy)
    {
        if (rowCount < needed)
        {
            throw new N2DException(
                "TooFewRows", ErrorKind.InvalidArgument, $"{Method} {reason} needs at least {Quantity.Of(needed, "row")}; there {Quantity.Are(rowCount)}. {remedy}", rowCount);
        }
    }
}
