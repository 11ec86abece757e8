using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Options of a manifold learner. <see cref="Fit"/> is the only way to fit one, so learners can be compared by a list of options.
/// </summary>
public abstract record ManifoldOptions
{
    private readonly int _dimension;

    /// <summary>Sets the default dimension.</summary>
    /// <param name="dimension">c.</param>
    protected ManifoldOptions(int dimension) => _dimension = dimension;

    /// <summary>n_components: the number of dimensions of the layout, c. Range: 1 to 512.</summary>
    /// <exception cref="N2DException">The value is out of range (<c>DimensionOutOfRange</c>).</exception>
    [OptionRange(1, 512)]
    public int Dimension
    {
        get => _dimension;
        init => _dimension = Check(value);
    }

    /// <summary>random_state: the seed of all random numbers.</summary>
    public int Seed { get; init; }

    /// <summary>The name of the learner in messages, such as <c>t-SNE</c>.</summary>
    protected internal abstract string Method { get; }

    /// <summary>Throws if the options contradict each other, whatever the rows.</summary>
    /// <exception cref="N2DException">The options contradict each other; the id depends on the learner.</exception>
    public virtual void ThrowIfInconsistent()
    {
    }

    /// <summary>Throws if the options ask for what this machine does not have.</summary>
    /// <exception cref="N2DException">They do; the id depends on the learner.</exception>
    public virtual void ThrowIfUnavailable()
    {
    }

    /// <summary>Throws if there are too few rows for the options.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are too few rows (<c>TooFewRows</c>).</exception>
    public abstract void ThrowIfTooFewRows(int rowCount);

    /// <summary>Throws if there are more rows than arrays can hold the layout or the neighbors of.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are too many rows (<c>TooManyValues</c>).</exception>
    public void ThrowIfTooManyRows(int rowCount)
    {
        ArraySize.ThrowIfTooLarge(rowCount, Dimension, "dimensions", nameof(Dimension));
        ArraySize.ThrowIfTooLarge(rowCount, NeighborCountFor(rowCount) + 1, "neighbors", NeighborOption);
    }

    /// <summary>Throws if a fit to this many rows is impossible. <see cref="Fit"/> makes the same checks.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="context">The optional inputs of the fit.</param>
    /// <exception cref="N2DException">
    /// <list type="bullet">
    /// <item>There are too few rows (<c>TooFewRows</c>), or so many that no array can hold the layout or the neighbors
    /// (<c>TooManyValues</c>).</item>
    /// <item>The learner does not use one of the inputs (<c>NeighborsNotTaken</c>, <c>InitialLayoutNotTaken</c>, <c>LabelsNotTaken</c>,
    /// <c>TargetsNotTaken</c>).</item>
    /// <item>One of the inputs belongs to other rows or has another dimension (<c>NeighborRowMismatch</c>, <c>InitialLayoutMismatch</c>,
    /// <c>LabelCountMismatch</c>, <c>TargetCountMismatch</c>).</item>
    /// <item>There are too few neighbors (<c>TooFewNeighbors</c>) or known targets (<c>TooFewTargets</c>).</item>
    /// <item>The initial layout contains NaN or infinity (<c>NotFinite</c>).</item>
    /// <item>The options contradict each other (<see cref="ThrowIfInconsistent"/>), or this machine does not have what they ask for
    /// (<see cref="ThrowIfUnavailable"/>).</item>
    /// </list>
    /// </exception>
    public void ThrowIfUnfit(int rowCount, ManifoldContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ThrowIfInconsistent();
        ThrowIfUnavailable();
        ThrowIfTooFewRows(rowCount);
        ThrowIfTooManyRows(rowCount);
        ThrowIfNotTaken(context);
        if (context.Labels is { } labels && labels.RowCount != rowCount)
        {
            throw new N2DException(
                "LabelCountMismatch",
                ErrorKind.InvalidArgument,
                $"There {Quantity.Are(labels.RowCount, "label")} for {Quantity.Of(rowCount, "row")}. Give one label for each row.",
                labels);
        }

        if (context.InitialLayout is { } layout)
        {
            LayoutInitialization.ThrowIfMismatched(layout, rowCount, Dimension);
        }

        context.Neighbors?.ThrowIfNotFor(rowCount, NeighborCountFor(rowCount), Method, NeighborOption);
        ThrowIfUnfitContext(rowCount, context);
    }

    /// <summary>Fits the learner. The same rows, options and context give the same bytes on any number of threads.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="context">The optional inputs of the fit; null for none.</param>
    /// <exception cref="N2DException">
    /// The fit is impossible (<see cref="ThrowIfUnfit"/>), a value is NaN or infinite (<c>NotFinite</c>), or the learner fails for a
    /// reason that its options document.
    /// </exception>
    public virtual FittedManifold Fit(Matrix rows, Execution execution, ManifoldContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        context ??= ManifoldContext.Empty;
        ThrowIfUnfit(rows.RowCount, context);
        rows.ThrowIfNotFinite();
        return FitChecked(rows, execution, context);
    }

    /// <summary>The number of nearest neighbors of each row that the learner uses, without the row itself; 0 if it uses none.</summary>
    /// <param name="rowCount">n.</param>
    internal virtual int NeighborCountFor(int rowCount) => 0;

    /// <summary>The inputs that the learner uses, by their names in <see cref="ManifoldContext"/>.</summary>
    private protected virtual IReadOnlyList<string> UsedInputs => [];

    /// <summary>The option that determines the number of neighbors.</summary>
    private protected virtual string NeighborOption => "NeighborCount";

    /// <summary>Makes the learner's own checks of the optional inputs, which are otherwise valid.</summary>
    private protected virtual void ThrowIfUnfitContext(int rowCount, ManifoldContext context)
    {
    }

    /// <summary>Fits to valid, finite rows with a valid context.</summary>
    private protected abstract FittedManifold FitChecked(Matrix rows, Execution execution, ManifoldContext context);

    /// <summary>Returns a value that is null or in its option's range.</summary>
    private protected T Check<T>(T value, [CallerMemberName] string name = "") => OptionRange.Check(Method, GetType(), name, value);

    /// <summary>Throws if there are fewer rows than needed.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="needed">The least number of rows.</param>
    /// <param name="reason">The settings that need them, such as <c>with 20 neighbors</c>.</param>
    /// <param name="option">The option to reduce; null if there is none.</param>
    private protected void ThrowIfFewer(int rowCount, int needed, string reason, string? option)
    {
        if (rowCount < needed)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"{Method} {reason} needs at least {Quantity.Of(needed, "row")}; there {Quantity.Are(rowCount)}. "
                    + (option is null ? "Add rows." : $"Use a smaller {option}, or add rows."),
                rowCount)
            { Options = option is null ? [] : [option] };
        }
    }

    private void ThrowIfNotTaken(ManifoldContext context)
    {
        foreach (var input in context.Inputs().Except(UsedInputs))
        {
            var words = input switch
            {
                nameof(ManifoldContext.Neighbors) => "given neighbors",
                nameof(ManifoldContext.InitialLayout) => "an initial layout",
                nameof(ManifoldContext.Labels) => "labels",
                _ => "targets",
            };
            throw new N2DException(
                $"{input}NotTaken", ErrorKind.InvalidArgument, $"{Method} does not use {words}. Remove {input}.", context)
            {
                Options = [input],
            };
        }
    }
}
