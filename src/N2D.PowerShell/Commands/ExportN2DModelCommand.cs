using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Saves a fitted pipeline in a file, to be applied to other rows later.</para>
/// <para type="description">Takes a clustering, or an embedding for the stages without a clusterer. The file is in the safetensors format and holds the stages, the
/// clusterer, the names of the columns, the settings and the scores; it holds nothing that can run. Before it is written some thousand rows are sent through
/// the pipeline, so that it can tell later how unusual a row is. Autoencoders, UMAP, PCA, scaled columns, mixtures and k-means can be saved; of what cannot yet be, the error tells.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "N2DModel", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportN2DModelCommand : N2DCmdlet
{
    private bool _isWritten;

    /// <summary>
    /// <para type="description">The file, such as model.n2d. A file that is there is replaced. It takes one model; a second input is an error.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// <para type="description">What to save: the result of a clustering, an embedding, or a model that was imported.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">Do not replace a file that is there.</para>
    /// </summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>
    /// <para type="description">Replace even a file that is read-only.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">Put out the file.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        var path = ResolveFilePath(Path);
        OutputFile.ThrowIfNoFolder(path);
        OutputFile.CheckReplaceable(path, NoClobber, Force);
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        var path = ResolveFilePath(Path);
        if (_isWritten)
        {
            throw new N2DException(
                "ModelAlreadyWritten",
                ErrorKind.InvalidArgument,
                $"'{path}' holds the model of the input before this one, and takes one only. Give each its own: ... | ForEach-Object {{ $i++; $_ | Export-N2DModel model-$i.n2d }}.",
                path);
        }

        OutputFile.CheckReplaceable(path, NoClobber, Force);
        if (!ShouldProcess(path, "Save model"))
        {
            return;
        }

        RunLong("Saving the model", 0, execution =>
        {
            PipelineOf(InputObject.BaseObject, execution).Save(path);
            return path;
        });
        _isWritten = true;
        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

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
