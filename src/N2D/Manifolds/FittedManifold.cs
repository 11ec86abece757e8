using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>A manifold learner fitted to rows by <see cref="ManifoldOptions"/>, and where it laid them out.</summary>
public abstract class FittedManifold : FittedStage
{
    /// <summary>Keeps what every fit has.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="inputDimension">d.</param>
    /// <param name="layout">n x c.</param>
    private protected FittedManifold(ManifoldOptions options, int inputDimension, Matrix layout)
    {
        Asked = options;
        InputDimension = inputDimension;
        Layout = layout;
    }

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Manifold;

    /// <inheritdoc/>
    public override int InputDimension { get; }

    /// <inheritdoc/>
    public override int OutputDimension => Layout.ColumnCount;

    /// <inheritdoc/>
    public override int Seed => Asked.Seed;

    /// <inheritdoc/>
    public override string? WhyNoInverse =>
        $"{Name} learns no way back from its layout to rows. Decode what went into it instead, such as an autoencoder's codes, or the mean of each cluster's.";

    /// <summary>Where the rows lie that it was fitted to, n x c.</summary>
    public Matrix Layout { get; }

    /// <summary>What was asked for.</summary>
    private protected ManifoldOptions Asked { get; }

    /// <summary>The neighbors that the fit was given; null if it searched for them itself.</summary>
    private protected GivenNeighbors? Given { get; init; }

    /// <inheritdoc/>
    public override Embedding Refit(Embedding input, int seed, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        var again = (Asked with { Seed = seed }).Fit(input.GetRows(), execution, Given);
        return input.Append(again, again.Layout);
    }

    /// <inheritdoc/>
    public sealed override Matrix Transform(Matrix rows, Execution execution)
    {
        ThrowIfUnusable(rows, execution);
        return TransformChecked(rows, execution);
    }

    /// <inheritdoc/>
    public sealed override MeasuredRows Measure(Matrix rows, Execution execution)
    {
        ThrowIfUnusable(rows, execution);
        return MeasureChecked(rows, execution);
    }

    /// <summary>Lays out finite rows of d columns.</summary>
    private protected virtual Matrix TransformChecked(Matrix rows, Execution execution) => MeasureChecked(rows, execution).Rows;

    /// <summary>Does so, and tells how far each of them lies from those of the fit.</summary>
    private protected abstract MeasuredRows MeasureChecked(Matrix rows, Execution execution);

    private void ThrowIfUnusable(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        ThrowIfNoTransform();
        rows.ThrowIfNotFinite();
    }
}
