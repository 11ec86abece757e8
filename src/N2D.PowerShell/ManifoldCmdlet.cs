using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>What the cmdlets share that fit a manifold learner: each says what options its parameters make.</summary>
public abstract class ManifoldCmdlet : FittingCmdlet
{
    private GivenNeighbors? _neighbors;

    /// <summary>What the parameters ask for.</summary>
    /// <exception cref="N2DException">A parameter is out of its range.</exception>
    protected abstract ManifoldOptions Options();

    /// <summary>The neighbors that were given; null for those who take none.</summary>
    private protected virtual NeighborArgument? GivenNeighbors => null;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        Options();
        _neighbors = ReadNeighbors(GivenNeighbors);
    }

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
        var options = Options();
        options.ThrowIfTooFewRows(input.RowCount);
        if (_neighbors is not null)
        {
            options.ThrowIfNotNeighbors(_neighbors, input.RowCount);
        }
    }

    /// <inheritdoc/>
    protected override void Fit()
    {
        var options = Options();
        var manifold = RunLong("Finding the manifold", ThreadCount, execution => options.Fit(InputObject.GetRows(), execution, _neighbors));
        WriteObject(InputObject.Append(manifold, manifold.Layout));
    }
}
