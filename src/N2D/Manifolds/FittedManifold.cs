using N2D.Devices;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>A manifold learner that was fitted by <see cref="ManifoldOptions.Fit"/>, with the layout of the rows.</summary>
public abstract class FittedManifold : FittedStage
{
    /// <summary>Creates the part that all fitted manifolds share.</summary>
    /// <param name="options">The options of the fit.</param>
    /// <param name="inputDimension">d.</param>
    /// <param name="layout">n x c.</param>
    private protected FittedManifold(ManifoldOptions options, int inputDimension, Matrix layout)
    {
        FitOptions = options;
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
    public override int Seed => FitOptions.Seed;

    /// <inheritdoc/>
    /// <remarks>
    /// The device that searched the neighbors, and for UMAP optimized the layout: the GPU if one of the two stages ran there. An earlier
    /// search of the same rows is reused, so it may be another one than this fit requested.
    /// </remarks>
    public sealed override string Device => FitDevice;

    /// <inheritdoc/>
    public override string? WhyNoInverse =>
        $"{FitOptions.Method} has no inverse: its layout cannot be decoded to rows. Decode the stage before it, such as an autoencoder's "
            + "codes or their cluster means.";

    /// <summary>The layout: the coordinates of the rows of the fit, n x c.</summary>
    public Matrix Layout { get; }

    /// <summary>The name of the device that searched the neighbors or optimized the layout.</summary>
    internal string FitDevice { get; init; } = ComputeDevice.Cpu.ToString();

    /// <summary>The options of the fit.</summary>
    private protected ManifoldOptions FitOptions { get; }

    /// <summary>The optional inputs that the fit keeps (<see cref="ManifoldContext.Kept"/>).</summary>
    private protected ManifoldContext Context { get; init; } = ManifoldContext.Empty;

    /// <inheritdoc/>
    public sealed override Embedding Refit(Embedding input, int seed, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        var again = (FitOptions with { Seed = seed }).Fit(input.GetRows(), execution, ContextFor(input));
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

    /// <summary>The optional inputs to fit again to an embedding.</summary>
    private protected virtual ManifoldContext ContextFor(Embedding input) => Context;

    /// <summary>Places finite rows of d columns in the layout.</summary>
    private protected virtual Matrix TransformChecked(Matrix rows, Execution execution) => MeasureChecked(rows, execution).Rows;

    /// <summary>Places finite rows of d columns in the layout, and measures the distance of each from the rows of the fit.</summary>
    private protected abstract MeasuredRows MeasureChecked(Matrix rows, Execution execution);

    private void ThrowIfUnusable(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        ThrowIfNoTransform();
        rows.ThrowIfNotFinite();
    }
}
