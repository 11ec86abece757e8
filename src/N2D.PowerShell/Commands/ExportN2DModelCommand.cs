using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Saves a fitted pipeline to a file, to apply it to other rows later.</para>
/// <para type="description">Saves a clustering, or an embedding, which has the stages without a clusterer. The file is in the
/// safetensors format. It holds the stages, the clusterer, the column names, the settings and the scores, and nothing that can run.
/// Before it is written, a few thousand rows are sent through the pipeline, so that the model can score how unusual a new row
/// is.</para>
/// <para type="description">All stages and clusterers can be saved. Some need the rows of their fit to place new rows, and store them:
/// UMAP, Isomap (with the distances to the landmarks), LLE, Hdbscan, Spectral and Agglomerative. t-SNE cannot place new rows: a model
/// with it stores the layout, but Invoke-N2DModel refuses it.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "N2DModel", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportN2DModelCommand : ExportCmdlet
{
    /// <summary>
    /// <para type="description">What to save: a clustering, a row of Compare-N2DMethod, an embedding, or an imported model.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessObject() =>
        WriteFile(
            "Save model",
            "Saving the model",
            (path, execution) => PipelineOf(StageInput.Behind(InputObject.BaseObject), execution).Save(path, execution));

    private static FittedPipeline PipelineOf(object input, Execution execution) => input switch
    {
        FittedPipeline pipeline => pipeline,
        ClusterResult result => FittedPipeline.Of(result, execution),
        Embedding embedding => FittedPipeline.Of(embedding, execution),
        _ => throw new N2DException(
            "NotAModel",
            ErrorKind.InvalidType,
            $"Export-N2DModel saves a clustering, an embedding or a model, not a {input.GetType().Name}. "
                + StageInput.RemotingAdvice,
            input),
    };
}
