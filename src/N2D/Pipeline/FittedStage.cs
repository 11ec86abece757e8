using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>A fitted stage of a pipeline, which transforms the rows of one embedding into those of the next. Immutable.</summary>
public abstract class FittedStage
{
    /// <summary>The algorithm's name, such as <c>Autoencoder</c> or <c>Umap</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The role of the stage in the pipeline.</summary>
    public abstract StageRole Role { get; }

    /// <summary>The number of input columns.</summary>
    public abstract int InputDimension { get; }

    /// <summary>The number of output columns.</summary>
    public abstract int OutputDimension { get; }

    /// <summary>The random seed of the fit.</summary>
    public abstract int Seed { get; }

    /// <summary>
    /// The settings of the fit as text, such as <c>NeighborCount=20; Dimension=10</c>: those that are often changed, and all others that
    /// differ from their defaults. Settings that do not affect results are left out.
    /// </summary>
    public virtual string Settings => StageSettings.TextOf(new StageSettings.Setting("Seed", Seed));

    /// <summary>The preset of the stage. Later stages inherit it.</summary>
    public virtual Preset Preset => Preset.Default;

    /// <summary>The device of the fit: <c>cpu</c>, <c>cuda:0</c> or <c>mps</c>.</summary>
    public virtual string Device => "cpu";

    /// <summary>The reason why the stage cannot transform new rows, with an alternative; null if it can.</summary>
    public virtual string? WhyNoTransform => null;

    /// <summary>The reason why the stage has no inverse transform, with an alternative; null if it has one.</summary>
    public virtual string? WhyNoInverse => $"{Name} has no inverse transform: its output cannot be converted back to input rows.";

    /// <summary>The duration of the fit in seconds, including the transformation of the rows of the fit.</summary>
    public required double Seconds { get; init; }

    /// <summary>Transforms rows, which may be rows of the fit.</summary>
    /// <param name="rows">n x <see cref="InputDimension"/>.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x <see cref="OutputDimension"/>.</returns>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), a value is NaN or infinite (<c>NotFinite</c>), or the stage
    /// cannot transform new rows (<c>NoTransform</c>).
    /// </exception>
    public abstract Matrix Transform(Matrix rows, Execution execution);

    /// <summary>Transforms rows in memory or in a file. Stages that process rows in parts do not load the file into memory.</summary>
    /// <param name="rows">n x <see cref="InputDimension"/>.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x <see cref="OutputDimension"/>.</returns>
    /// <exception cref="N2DException">As for rows in memory, or the rows do not fit in memory (<c>DoesNotFitInMemory</c>).</exception>
    public virtual Matrix Transform(IDataMatrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        return Transform(rows.InMemory($"the input of {Name}", MachineMemory.FreeBytes, execution), execution);
    }

    /// <summary>Transforms output back to input rows: exactly if the stage loses no information, otherwise to a reconstruction.</summary>
    /// <param name="rows">n x <see cref="OutputDimension"/>.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x <see cref="InputDimension"/>, with NaN for rows that belong to no category.</returns>
    /// <exception cref="N2DException">
    /// The stage has no inverse (<c>NoInverse</c>), the rows have another number of columns (<c>DimensionMismatch</c>), or a value is NaN
    /// or infinite (<c>NotFinite</c>).
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
                $"The output of {Name} has {Quantity.Of(OutputDimension, "column")}; these rows have {rows.ColumnCount}.",
                rows.ColumnCount);
        }

        rows.ThrowIfNotFinite();
        return InverseChecked(rows, execution);
    }

    /// <summary>Transforms finite output back. Called only if <see cref="WhyNoInverse"/> is null.</summary>
    private protected virtual Matrix InverseChecked(Matrix rows, Execution execution) => throw new NotSupportedException(WhyNoInverse);

    /// <summary>
    /// Transforms rows, and measures the distance of each row from the rows of the fit, such as the distance to its neighbors or from the
    /// plane of the principal components. Stages based on neighbors treat a row of the fit as if it had been left out. Stages that can
    /// measure distances override this method.
    /// </summary>
    /// <param name="rows">n x <see cref="InputDimension"/>.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public virtual MeasuredRows Measure(Matrix rows, Execution execution) => new(Transform(rows, execution), null);

    /// <summary>
    /// Approximates the leave-one-out distances of rows of the fit: as <see cref="Measure"/>, but as if each row had not been in the fit.
    /// The distances of new rows are compared with these. Stages whose fit adapts to single rows override this method.
    /// </summary>
    /// <param name="rows">A random sample of the rows of the fit, or all of them.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    internal virtual MeasuredRows MeasureLeftOut(Matrix rows, Execution execution) => Measure(rows, execution);

    /// <summary>Fits a stage with the same options and another seed.</summary>
    /// <param name="input">The embedding to fit to, with <see cref="InputDimension"/> columns.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The embedding after the new stage.</returns>
    public abstract Embedding Refit(Embedding input, int seed, Execution execution);

    /// <summary>
    /// Returns the stage for all rows of a data set that is not that of the fit. The rows then go through it in blocks, so a stage whose
    /// output depends on other new rows looks at all of them here. Most stages return themselves.
    /// </summary>
    /// <param name="dataset">All rows, with the columns of the fit.</param>
    /// <param name="before">Transforms raw rows by the stages before this one.</param>
    /// <param name="execution">Threads, cancellation and warnings.</param>
    internal virtual FittedStage For(Dataset dataset, Func<Matrix, Matrix> before, Execution execution) => this;

    /// <summary>The names of the output columns; null if they have none.</summary>
    /// <param name="names">The names of the input columns.</param>
    internal virtual IReadOnlyList<string>? NamesOf(IReadOnlyList<string> names) => null;

    /// <summary>Throws if the stage cannot transform new rows.</summary>
    /// <exception cref="N2DException">The stage cannot transform new rows (<c>NoTransform</c>).</exception>
    internal void ThrowIfNoTransform()
    {
        if (WhyNoTransform is { } reason)
        {
            throw new N2DException("NoTransform", ErrorKind.InvalidArgument, reason, Name);
        }
    }

    /// <summary>Throws if rows have another number of columns than the rows of the fit.</summary>
    /// <param name="rows">The rows to transform.</param>
    /// <exception cref="N2DException">The rows have another number of columns (<c>DimensionMismatch</c>).</exception>
    protected void ThrowIfMismatched(IDataMatrix rows) => FittedDimension.ThrowIfMismatched(rows, Name, InputDimension);

    /// <summary>The name of the stage.</summary>
    public override string ToString() => Name;
}
