using N2D.Manifolds;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.PowerShell;

/// <summary>What the cmdlets share that fit a manifold learner: each says what options its parameters make.</summary>
public abstract class ManifoldCmdlet : FittingCmdlet
{
    /// <summary>What the parameters ask for.</summary>
    /// <exception cref="N2DException">A parameter is out of its range.</exception>
    protected abstract ManifoldOptions Options();

    /// <inheritdoc/>
    protected override void CheckParameters() => Options();

    /// <summary>Warns of a power of the Minkowski metric that was given with another metric, where it has no effect.</summary>
    private protected void WarnIfPowerIsUnused(DistanceMetric metric)
    {
        if (IsBound("MinkowskiPower") && metric != DistanceMetric.Minkowski)
        {
            WriteWarning($"-MinkowskiPower counts with -Metric Minkowski alone; the metric here is {metric}.");
        }
    }

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Options().ThrowIfTooFewRows(input.RowCount);
    }

    /// <summary>Fits what the parameters ask for; a learner that takes more than options overrides it.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="options">What <see cref="Options"/> made.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    private protected virtual FittedManifold FitTo(Matrix rows, ManifoldOptions options, Execution execution) => options.Fit(rows, execution);

    /// <inheritdoc/>
    protected override void Fit()
    {
        var options = Options();
        var manifold = RunLong("Finding the manifold", ThreadCount, execution => FitTo(InputObject.GetRows(), options, execution));
        WriteObject(InputObject.Append(manifold, manifold.Layout));
    }
}
