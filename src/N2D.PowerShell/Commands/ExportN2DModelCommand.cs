using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Saves a fitted pipeline in a file, to be applied to other rows later.</para>
/// <para type="description">Takes a clustering, or an embedding for the stages without a clusterer. The file is in the safetensors format and holds the stages, the
/// clusterer, the names of the columns, the settings and the scores; it holds nothing that can run. Before it is written some thousand rows are sent through
/// the pipeline, so that it can tell later how unusual a row is. Every stage and clusterer can be saved. Those that know other rows by the rows of their fit hold
/// these: UMAP, Isomap (with the distances of each to its landmarks), LLE, Hdbscan, Spectral and Agglomerative. t-SNE places no rows but those of its fit: a model with it
/// can be looked at and holds its layout, and Invoke-N2DModel refuses it.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "N2DModel", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportN2DModelCommand : ExportCmdlet
{
    /// <summary>
    /// <para type="description">What to save: the result of a clustering or a row of Compare-N2DMethod, an embedding, or a model that was imported.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessObject() =>
        WriteFile("Save model", "Saving the model", (path, execution) => PipelineOf(StageInput.Behind(InputObject.BaseObject), execution).Save(path));

    private static FittedPipeline PipelineOf(object input, Execution execution) => input switch
    {
        FittedPipeline pipeline => pipeline,
        ClusterResult result => FittedPipeline.Of(result, execution),
        Embedding embedding => FittedPipeline.Of(embedding, execution),
        _ => throw new N2DException(
            "NotAModel",
            ErrorKind.InvalidArgument,
            $"A model is saved of a clustering or an embedding, not of a {input.GetType().Name}.",
            input),
    };
}
