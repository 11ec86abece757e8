using System.Collections;
using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Runs the whole of N2D on a data set: autoencoder, UMAP, Gaussian mixture.</para>
/// <para type="description">For the person who has one line of patience. It calls New-N2DAutoencoder, Invoke-N2DUmap and Invoke-N2DCluster one after the other, each with its defaults
/// where nothing is told here, and emits what the last one does: the clusters, the scores and the fitted pipeline.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2D")]
[OutputType(typeof(ClusterResult))]
public sealed class InvokeN2DCommand : N2DCmdlet
{
    private const string Script = "param($encode, $encodeWith, $learn, $learnWith, $cluster, $clusterWith) & $encode @encodeWith | & $learn @learnWith | & $cluster @clusterWith";

    private SteppablePipeline? _pipeline;

    /// <summary>
    /// <para type="description">The data set.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Takes(typeof(Embedding))]
    [AllowNull]
    public Embedding InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The number of clusters, 1 to the number of rows; or Auto, for the one with the highest silhouette. Default: the number of
    /// classes, where labels are known.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [Alias("k", "n_clusters")]
    [ArgumentCompleter(typeof(ClusterCountCompleter))]
    [DataArePiped("Invoke-N2D")]
    [WholeNumber]
    public ClusterCountArgument? ClusterCount { get; set; }

    /// <summary>
    /// <para type="description">The number of dimensions, of the autoencoder's code and of what UMAP makes of it. Default 10; with -Preset Paper as many as clusters. Range: 1 to 512.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(1, 512)]
    [WholeNumber]
    public int? Dimension { get; set; }

    /// <summary>
    /// <para type="description">The number of passes of the autoencoder's training over all rows. Default: as many as make 4096 steps, from 10 to 100. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("epochs", "pretrain_epochs")]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumber]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">How many rows around each, itself counted, make up its neighbourhood in UMAP. Default 20. Range: 2 or more, and fewer than there are rows.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors")]
    [ValidateRange(2, int.MaxValue)]
    [WholeNumber]
    public int? NeighborCount { get; set; }

    /// <summary>
    /// <para type="description">Whose recipe is followed: this module's own, or the N2D study's (Paper), for comparison with published figures.</para>
    /// </summary>
    [Parameter]
    public Preset Preset { get; set; }

    /// <summary>
    /// <para type="description">The seed of everything random. Default 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("random_state")]
    [ValidateRange(0, int.MaxValue)]
    [WholeNumber]
    public int? Seed { get; set; }

    /// <summary>
    /// <para type="description">The number of threads. Default: all processors. Range: 1 to 1024.</para>
    /// </summary>
    [Parameter]
    [Alias("n_jobs")]
    [ValidateRange(1, 1024)]
    [WholeNumber]
    public int? ThreadCount { get; set; }

    /// <summary>
    /// <para type="description">Where to train: auto, cpu, cuda, cuda:1, mps. Default: auto.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceNameCompleter))]
    public ComputeDevice? Device { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        // All three refuse what they cannot do with as they begin, before the first one works.
        _pipeline = ScriptBlock.Create(Script).GetSteppablePipeline(
            MyInvocation.CommandOrigin,
            [
                CommandOf<NewN2DAutoencoderCommand>("New-N2DAutoencoder"),
                Arguments(("LatentDimension", Dimension ?? (Preset == Preset.Paper ? ClusterCount?.Count : null)), ("Epoch", Epoch), ("Preset", IsBound(nameof(Preset)) ? Preset : null), ("Device", Device), ("Seed", Seed)),
                CommandOf<InvokeN2DUmapCommand>("Invoke-N2DUmap"),
                Arguments(("Dimension", Dimension), ("NeighborCount", NeighborCount)),
                CommandOf<InvokeN2DClusterCommand>("Invoke-N2DCluster"),
                Arguments(("ClusterCount", ClusterCount)),
            ]);
        // Rows are handed to it one by one, however they came to this cmdlet: down the pipeline or by -InputObject.
        BeginStages(() => _pipeline.Begin(expectInput: true, (EngineIntrinsics)SessionState.PSVariable.GetValue("ExecutionContext")));
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        ThrowIfNoDataset(InputObject);
        _pipeline!.Process(InputObject);
    }

    /// <inheritdoc/>
    protected override void ProcessEnd() => _pipeline!.End();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _pipeline?.Dispose();
        base.Dispose(disposing);
    }

    private static CmdletInfo CommandOf<TCmdlet>(string name)
        where TCmdlet : N2DCmdlet => new(name, typeof(TCmdlet));

    /// <summary>What is told to a stage: its own parameters that the user gave, and what all stages take.</summary>
    private Hashtable Arguments(params (string Name, object? Value)[] own)
    {
        var arguments = new Hashtable();
        foreach (var (name, value) in own.Append(("ThreadCount", ThreadCount)).Where(argument => argument.Item2 is not null))
        {
            arguments[name] = value;
        }

        return arguments;
    }
}
