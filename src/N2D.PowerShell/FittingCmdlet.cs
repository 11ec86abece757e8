using System.Management.Automation;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>What the cmdlets share that fit a stage or a clusterer to each embedding that comes down the pipeline.</summary>
public abstract class FittingCmdlet : RowsCmdlet
{
    private FittingChain? _chain;
    private int? _seed;

    /// <summary>
    /// <para type="description">The seed of everything random here. Default: the seed of the stage before, else 0.
    /// The same seed gives the same result.</para>
    /// </summary>
    [Parameter]
    [Alias("random_state")]
    [ValidateRange(0, int.MaxValue)]
    [WholeNumber]
    public int Seed
    {
        get => _seed ?? InputObject?.Seed ?? 0;
        set => _seed = value;
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        base.BeginProcessing();
        _chain = FittingChain.OfThisThread;
        _chain.Add(this);
    }

    /// <summary>Whether the cmdlet uses the weights of rows, or says itself where it does not.</summary>
    private protected virtual bool MindsWeights => false;

    /// <summary>
    /// Refuses an embedding that the parameters cannot go with. Stages keep the rows and labels as they are, so this is asked of the fitting cmdlets
    /// further down as well before the first one fits: nobody trains for an hour to learn that there are fewer rows than clusters.
    /// </summary>
    /// <param name="input">The embedding, or the one that it will be made of; only its rows' number and labels may count.</param>
    protected abstract void CheckInput(Embedding input);

    /// <summary>Fits to <see cref="RowsCmdlet.InputObject"/> and puts out what came of it.</summary>
    protected abstract void Fit();

    /// <inheritdoc/>
    protected sealed override void ProcessRows()
    {
        WarnIfAllRowsAreAlike();
        if (!MindsWeights && InputObject.GetWeights() is not null)
        {
            WriteWarning($"{MyInvocation.MyCommand.Name} does not use the weights of the rows of '{InputObject.Dataset}': each row counts once. Invoke-N2DCluster uses them.");
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
                throw error.Within(next.MyInvocation.MyCommand.Name);
            }
        }

        Fit();
    }

    /// <summary>Warns if -MinkowskiPower was given with a metric that does not use it.</summary>
    private protected void WarnIfPowerIsUnused(DistanceMetric metric)
    {
        if (IsBound("MinkowskiPower") && metric != DistanceMetric.Minkowski)
        {
            WriteWarning($"-MinkowskiPower counts with -Metric Minkowski alone; the metric here is {metric}.");
        }
    }

    /// <summary>Where all rows are one, every stage makes something of its own noise. The first one says so; a look at two rows tells of nearly all data.</summary>
    private void WarnIfAllRowsAreAlike()
    {
        if (InputObject.GetStages().All(stage => stage.Role == StageRole.Scaling) && InputObject.RowCount > 1 && InputObject.AreRowsAlike())
        {
            WriteWarning($"All {InputObject.RowCount} rows of '{InputObject.Dataset}' are alike: whatever clusters come of them mean nothing. Look at the columns that were imported.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _chain?.Remove(this);
        base.Dispose(disposing);
    }
}
