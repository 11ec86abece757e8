using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Applies a fitted pipeline to rows that it was not fitted to.</para>
/// <para type="description">Returns a clustering of the rows, with the cluster, the probability and the novelty of each row, or only the
/// embedding. The result for a row depends only on the row and the model, not on the other rows.</para>
/// <para type="description">Pipe the rows as Import-N2DDataset reads them, with the columns of the model. Named columns can be in any
/// order.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DModel")]
[OutputType(typeof(ClusterResult), typeof(Embedding))]
public sealed class InvokeN2DModelCommand : ModelRowsCmdlet
{
    /// <summary>
    /// <para type="description">Returns only the embedding of the rows, without clusters.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter EmbeddingOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRows()
    {
        var dataset = RawRows();
        WriteObject(RunLong<object>($"Applying the model to {dataset.Dataset}", ThreadCount, execution => EmbeddingOnly
            ? Pipeline.Transform(dataset, execution, ExcludeColumn)
            : ResultView.Of(Pipeline.Score(dataset, execution, ExcludeColumn))));
    }
}
