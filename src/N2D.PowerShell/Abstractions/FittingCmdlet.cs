using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Base class of the cmdlets that fit a stage or a clusterer to each embedding in the pipeline.</summary>
public abstract class FittingCmdlet : RowsCmdlet
{
    private FittingChain? _chain;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        base.BeginProcessing();
        _chain = FittingChain.OfThisThread;
        _chain.Add(this);
    }

    /// <summary>Whether the cmdlet uses the weights of rows, or warns itself if it does not.</summary>
    private protected virtual bool MindsWeights => false;

    /// <summary>
    /// Rejects an embedding that the parameters do not fit. Stages keep the number of rows and the labels, so the fitting cmdlets further
    /// down
    /// the pipeline check them too before the first one fits: an hour of training does not end in an error such as too few rows for the
    /// clusters.
    /// </summary>
    /// <param name="input">The embedding, or the input of an earlier stage. Only the number of rows and the labels can be checked.</param>
    protected abstract void CheckInput(Embedding input);

    /// <summary>Fits to <see cref="RowsCmdlet.InputObject"/> and writes the result.</summary>
    protected abstract void Fit();

    /// <inheritdoc/>
    protected sealed override void ProcessRows()
    {
        WarnIfAllRowsAreAlike();
        if (!MindsWeights && InputObject.GetWeights() is not null)
        {
            WriteWarning(
                $"{MyInvocation.MyCommand.Name} does not use the weights of the rows of '{InputObject.Dataset}': each row counts once. "
                    + $"Invoke-N2DCluster uses them.");
        }

        CheckInput(InputObject);
        foreach (var next in _chain!.After(this))
        {
            try
            {
                next.CheckInput(InputObject);
            }
            catch (N2DException error)
            {
                throw error.Within(next);
            }
        }

        Fit();
    }

    /// <summary>Warns if -MinkowskiPower was given with a metric that does not use it.</summary>
    private protected void WarnIfPowerIsUnused(DistanceMetric metric)
    {
        if (IsBound("MinkowskiPower") && metric != DistanceMetric.Minkowski)
        {
            WriteWarning($"-MinkowskiPower has no effect: it requires -Metric Minkowski, and the metric is {metric}.");
        }
    }

    /// <summary>
    /// Warns if all rows are equal, because stages would fit rounding noise. Only the first stage warns. For most data, comparing two rows
    /// is enough.
    /// </summary>
    private void WarnIfAllRowsAreAlike()
    {
        if (InputObject.GetStages().All(stage => stage.Role == StageRole.Scaling) && InputObject.RowCount > 1 && InputObject.AreRowsAlike())
        {
            WriteWarning($"All {InputObject.RowCount} rows of '{InputObject.Dataset}' are equal, so clusters have no meaning. "
                + "Check the imported columns.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _chain?.Remove(this);
        base.Dispose(disposing);
    }
}
