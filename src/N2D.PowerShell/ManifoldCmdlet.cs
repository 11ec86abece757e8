using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;
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

    /// <summary>Fits what the parameters ask for; a learner that takes more than options overrides it.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="options">What <see cref="Options"/> made.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="neighbors">The neighbors that were given; null to search for them.</param>
    private protected virtual FittedManifold FitTo(Matrix rows, ManifoldOptions options, Execution execution, GivenNeighbors? neighbors) =>
        options.Fit(rows, execution, neighbors);

    /// <inheritdoc/>
    protected override void Fit()
    {
        var options = Options();
        var manifold = RunLong("Finding the manifold", ThreadCount, execution => FitTo(InputObject.GetRows(), options, execution, _neighbors));
        WriteObject(InputObject.Append(manifold, manifold.Layout));
    }
}
