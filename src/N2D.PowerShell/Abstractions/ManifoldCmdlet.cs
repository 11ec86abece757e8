using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Base of the cmdlets that fit a manifold learner. A derived cmdlet makes options of its parameters.</summary>
public abstract class ManifoldCmdlet : SeededCmdlet
{
    private GivenNeighbors? _neighbors;

    /// <summary>The options that the parameters make.</summary>
    /// <exception cref="N2DException">A parameter is out of its range.</exception>
    protected abstract ManifoldOptions Options();

    /// <summary>The value of -Neighbor; null if there is none.</summary>
    private protected virtual NeighborArgument? GivenNeighbors => null;

    /// <summary>The value of -InitialEmbedding; null if there is none.</summary>
    private protected virtual Embedding? GivenLayout => null;

    /// <summary>The optional inputs of a fit to an embedding.</summary>
    /// <param name="input">
    /// The embedding, or the input of an earlier stage, of which only the number of rows and the labels are used.
    /// </param>
    /// <exception cref="N2DException">An input that the parameters ask for is missing.</exception>
    private protected virtual ManifoldContext ContextFor(Embedding input) =>
        new() { Neighbors = _neighbors, InitialLayout = GivenLayout?.GetRows() };

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        Options().ThrowIfInconsistent();
        Options().ThrowIfUnavailable();
        if (GivenLayout is not null && IsBound("Initialization"))
        {
            throw new N2DException(
                "InitializationAmbiguous",
                ErrorKind.InvalidArgument,
                "-Initialization and -InitialEmbedding both specify where the layout starts. Remove one of the two.");
        }

        if (GivenNeighbors is { } given)
        {
            _neighbors = RunLong("Reading the neighbors", ThreadCount, execution => given.Read(ResolveFilePath, execution));
        }
    }

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Options().ThrowIfUnfit(input.RowCount, ContextFor(input));
    }

    /// <inheritdoc/>
    protected override void Fit()
    {
        var (options, context) = (Options(), ContextFor(InputObject));
        var manifold = RunLong(
            "Finding the manifold", ThreadCount, execution => options.Fit(InputObject.GetRows(execution), execution, context));
        WriteObject(InputObject.Append(manifold, manifold.Layout));
    }
}
