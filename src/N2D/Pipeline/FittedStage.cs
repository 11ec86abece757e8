using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>One fitted step of a pipeline: what turned the rows of one embedding into those of the next. Immutable.</summary>
public abstract class FittedStage
{
    /// <summary>The algorithm's name, such as <c>Autoencoder</c> or <c>Umap</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The part it plays in the pipeline.</summary>
    public abstract StageRole Role { get; }

    /// <summary>The number of columns that go in.</summary>
    public abstract int InputDimension { get; }

    /// <summary>The number of columns that come out.</summary>
    public abstract int OutputDimension { get; }

    /// <summary>The seed of everything random in the fit.</summary>
    public abstract int Seed { get; }

    /// <summary>
    /// What was asked of the fit, by the names of the cmdlet's parameters, such as <c>NeighborCount=20; Dimension=10</c>: those that are often
    /// changed, and what else differs from its default. Nothing is there that no result depends on.
    /// </summary>
    public virtual string Settings => StageSettings.TextOf(new StageSettings.Setting("Seed", Seed));

    /// <summary>The recipe that it was asked for by; stages after it take theirs from it.</summary>
    public virtual Preset Preset => Preset.Default;

    /// <summary>Where it was fitted: <c>cpu</c>, <c>cuda:0</c>, <c>mps</c>.</summary>
    public virtual string Device => "cpu";

    /// <summary>Why it cannot place rows that it was not fitted to, and what can; null where it does place them.</summary>
    public virtual string? WhyNoTransform => null;

    /// <summary>Why it cannot take its output back to the rows that went in, and what to do instead; null where it can.</summary>
    public virtual string? WhyNoInverse => $"{Name} learns no way back from its output to the rows that went in.";

    /// <summary>Wall-clock seconds of the fit, including the embedding of the rows it was fitted to.</summary>
    public required double Seconds { get; init; }

    /// <summary>Turns rows, seen in the fit or not, into what the fit made of its own.</summary>
    /// <param name="rows">n x <see cref="InputDimension"/>.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x <see cref="OutputDimension"/>.</returns>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), a value is NaN or infinite (<c>NotFinite</c>), or the stage places no rows but those of its fit
    /// (<c>NoTransform</c>).
    /// </exception>
    public abstract Matrix Transform(Matrix rows, Execution execution);

    /// <summary>As <see cref="Transform(Matrix, Execution)"/>, of rows wherever they lie; a stage that goes through them without having all at once leaves them there.</summary>
    /// <param name="rows">n x <see cref="InputDimension"/>.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x <see cref="OutputDimension"/>.</returns>
    /// <exception cref="N2DException">As of rows in memory; or they do not fit there (<c>DoesNotFitInMemory</c>).</exception>
    public virtual Matrix Transform(IDataMatrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        return Transform(rows.InMemory($"what the {Name} is to transform", MachineMemory.FreeBytes, execution), execution);
    }

    /// <summary>Takes output back to the rows that go in: exactly where nothing was lost, and else to what the fit rebuilds.</summary>
    /// <param name="rows">n x <see cref="OutputDimension"/>.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x <see cref="InputDimension"/>; NaN where a row belongs to no category.</returns>
    /// <exception cref="N2DException">
    /// The stage has no way back (<c>NoInverse</c>), the rows have another number of columns (<c>DimensionMismatch</c>), or a value is NaN
    /// or infinite
    /// (<c>NotFinite</c>).
    /// </exception>
    public Matrix InverseTransform(Matrix rows, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        if (WhyNoInverse is { } reason)
        {
            throw new N2DException("NoInverse", ErrorKind.InvalidArgument, reason, Name);
        }

        if (rows.ColumnCount != OutputDimension)
        {
            throw new N2DException(
                "DimensionMismatch",
                ErrorKind.InvalidArgument,
                $"The {Name} makes rows of {Quantity.Of(OutputDimension, "column")}, and can take back no others; these have {rows.ColumnCount}.",
                rows.ColumnCount);
        }

        rows.ThrowIfNotFinite();
        return InverseChecked(rows, execution);
    }

    /// <summary>Takes finite output back; called only if <see cref="WhyNoInverse"/> is null.</summary>
    private protected virtual Matrix InverseChecked(Matrix rows, Execution execution) => throw new NotSupportedException(WhyNoInverse);

    /// <summary>
    /// Does as <see cref="Transform(Matrix, Execution)"/>, and tells how far each row lies from what the stage was fitted to: the distance to the rows of the fit, that off the plane of
    /// components. A stage that goes by neighbors tells of a row of the fit as if that had been left out. One that can tell overrides this; others tell of none.
    /// </summary>
    /// <param name="rows">n x <see cref="InputDimension"/>.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public virtual MeasuredRows Measure(Matrix rows, Execution execution) => new(Transform(rows, execution), null);

    /// <summary>
    /// As <see cref="Measure"/>, of rows of the fit, each told of as if it had not been among them as nearly as that can be told: what the distances of others compare with. Those of
    /// <see cref="Measure"/> but where the fit itself is drawn toward its rows.
    /// </summary>
    /// <param name="rows">Some of the rows of the fit, drawn at random, or all.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    internal virtual MeasuredRows MeasureLeftOut(Matrix rows, Execution execution) => Measure(rows, execution);

    /// <summary>Fits the same anew, with another seed.</summary>
    /// <param name="input">The embedding to fit to, with the number of columns that this one was fitted to.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The embedding with one stage more.</returns>
    public abstract Embedding Refit(Embedding input, int seed, Execution execution);

    /// <summary>The names of the columns that come out, given those of the columns that go in; null if they have none.</summary>
    /// <param name="names">The names of the columns that go in.</param>
    internal virtual IReadOnlyList<string>? NamesOf(IReadOnlyList<string> names) => null;

    /// <summary>Refuses to place rows where it cannot be done.</summary>
    /// <exception cref="N2DException">It cannot (<c>NoTransform</c>).</exception>
    internal void ThrowIfNoTransform()
    {
        if (WhyNoTransform is { } reason)
        {
            throw new N2DException("NoTransform", ErrorKind.InvalidArgument, reason, Name);
        }
    }

    /// <summary>Refuses rows that the stage was not fitted for.</summary>
    /// <param name="rows">The rows to transform.</param>
    /// <exception cref="N2DException">The rows have another number of columns (<c>DimensionMismatch</c>).</exception>
    protected void ThrowIfMismatched(IDataMatrix rows) => FittedDimension.ThrowIfMismatched(rows, Name, InputDimension);

    /// <summary>Its name, as it stands in a run's <c>Stages</c>.</summary>
    public override string ToString() => Name;
}
