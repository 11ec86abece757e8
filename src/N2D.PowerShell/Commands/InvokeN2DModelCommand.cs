using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Applies a fitted pipeline to rows that it was not fitted to.</para>
/// <para type="description">Emits a clustering of the rows, whose assignments tell the cluster, its probability and the novelty of each row, or the embedding alone.
/// A row's place depends on nothing but the row and the model. The rows come as Import-N2DDataset reads them, with the columns that the model was fitted to, whose order does not matter where they
/// have names.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DModel")]
[OutputType(typeof(ClusterResult), typeof(Embedding))]
public sealed class InvokeN2DModelCommand : ModelRowsCmdlet
{
    private const string ScoredType = "N2D.Models.ClusterResult#Scored";

    /// <summary>
    /// <para type="description">Emit what the stages make of the rows, and look for no clusters.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter EmbeddingOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRows()
    {
        var dataset = RawRows();
        var applied = new PSObject(RunLong<object>($"Applying the model to {dataset.Dataset}", ThreadCount, execution => EmbeddingOnly
            ? Pipeline.Transform(dataset, execution, ExcludeColumn)
            : Pipeline.Score(dataset, execution, ExcludeColumn)));
        if (!EmbeddingOnly)
        {
            // Its own view: what scoring took and how many rows are novel, where that of a fit has the fit's seconds.
            applied.TypeNames.Insert(0, ScoredType);
        }

        WriteObject(applied);
    }
}
