using System.Management.Automation;
using N2D.Ablation;
using N2D.Autoencoders;
using N2D.Devices;
using N2D.Manifolds;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Compares N2D with related methods on a data set.</para>
/// <para type="description">Returns one row for each method, as soon as it is done. The methods are the Gaussian mixture (GMM), k-means
/// (KM) and spectral clustering (SC) on the raw rows; the mixture and k-means on each manifold of the raw rows (UMAP, t-SNE, Isomap,
/// LLE, PCA); and all three clusterers on the codes of an autoencoder (AE) and on each manifold of the codes. N2D is the mixture on
/// UMAP of the codes. The results are the same as those of the individual cmdlets. Stages that several methods share are computed once.
/// If a method fails, its row has the reason in Error, and the other methods continue.
/// GetResult() of a row returns the clustering.</para>
/// <para type="description">Acc, Nmi and Ari use the rows with labels. Silhouette needs no labels: it is computed in the space of the
/// input rows for all methods, on the same sample if there are more than 2000 rows. It prefers compact, round clusters, as k-means
/// does. For long or curved clusters, even a correct clustering has a low silhouette.</para>
/// <para type="description">A mixture with full covariances on many columns is slow: on 784 raw columns it takes hours. To skip it, use
/// -Method *+*, N2D, KM, SC. To run a single start, use -StartCount 1 or -Preset Paper.</para>
/// </summary>
[Cmdlet(VerbsData.Compare, "N2DMethod", SupportsShouldProcess = true)]
[OutputType(typeof(MethodScore))]
public sealed class CompareN2DMethodCommand : RowsCmdlet
{
    // As in the cmdlets of the individual stages.
    private static readonly int DefaultDimension = new UmapOptions().Dimension;

    /// <summary>
    /// <para type="description">The methods to run: names such as N2D, AE+KM or UMAP+GMM, or wildcards such as AE+* for all methods
    /// on the autoencoder's codes, N2D (AE+UMAP+GMM) included. Default: all.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MethodNameCompleter))]
    [DataArePiped("Compare-N2DMethod")]
    public string[] Method { get; set; } = ["*"];

    /// <summary>
    /// <para type="description">The seeds. Every method is run with each of them. Default 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("random_state")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    [TakesRanges]
    [WholeNumber]
    public int[] Seed { get; set; } = [0];

    /// <summary>
    /// <para type="description">The number of clusters, the same for all methods. Default: the number of classes, if the data set
    /// has labels. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("k", "n_clusters")]
    [WholeNumber]
    public ClusterCountArgument? ClusterCount { get; set; }

    /// <summary>
    /// <para type="description">The number of dimensions of codes and manifolds. Default: 10, or with -Preset Paper the number of
    /// clusters. t-SNE always has 2, and PCA at most as many as there are columns. Range: 1 to 512.</para>
    /// </summary>
    [Parameter]
    [Alias("umap_dim")]
    [WholeNumber]
    public int? Dimension { get; set; }

    /// <summary>
    /// <para type="description">The number of neighbors for UMAP, Isomap and LLE, counted as in their cmdlets. Default 20. Range: 2
    /// or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors", "umap_neighbors")]
    [WholeNumber]
    public int? NeighborCount { get; set; }

    /// <summary>
    /// <para type="description">The preset of the autoencoder and the mixture: the module's own (Default), or the N2D study's
    /// (Paper), with 1000 epochs and a single start of the mixture. Parameters that you give override the preset.</para>
    /// </summary>
    [Parameter]
    public Preset Preset { get; set; }

    /// <summary>
    /// <para type="description">The number of passes over all rows in training. Default: as many as give 4096 steps, from 10 to
    /// 100. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("epochs", "pretrain_epochs")]
    [WholeNumber]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">The widths of the encoder's hidden layers. The decoder mirrors them. Default: 500, 500, 2000.
    /// Range: each 1 or more.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [WholeNumber]
    public int[]? HiddenUnit { get; set; }

    /// <summary>
    /// <para type="description">The number of starts of every clusterer. Default: 20 for the mixture, 10 for the others. Range: 1
    /// or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_init")]
    [WholeNumber]
    public int? StartCount { get; set; }

    /// <summary>
    /// <para type="description">The device to train on: auto, cpu, cuda, cuda:1, mps. Get-N2DDevice lists the devices of this
    /// machine. With auto, the best device that this build can use is taken. Default: auto.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceNameCompleter))]
    public ComputeDevice? Device { get; set; }

    /// <summary>
    /// <para type="description">A file to save the training in, at intervals and at the end. If the file exists, the training
    /// resumes from it and gives the same result as without an interruption. Each file holds one training: one data set and one
    /// seed. Other sessions cannot use the file while the training runs.
    /// -WhatIf skips the training only if this parameter is given, because nothing else is written.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// <para type="description">The minimum number of seconds between two saves of the checkpoint. Default 120. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [WholeNumber]
    public int CheckpointIntervalSec { get; set; } = 120;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        if (ClusterCount is { IsAuto: true })
        {
            throw new N2DException(
                "AutoNotForComparison",
                ErrorKind.InvalidArgument,
                "Methods are compared with the same number of clusters, but with -ClusterCount Auto each would choose its own. "
                    + "Give a number, such as that of (... | Invoke-N2D Auto).ClusterCount.",
                ClusterCount);
        }

        Options(ClusterCount?.Count ?? 1).ThrowIfUnusable();
        Checkpoint()?.ThrowIfNotUsable();
    }

    /// <inheritdoc/>
    protected override void ProcessRows()
    {
        var options = Options(ClusterCount?.Count ?? InputObject.ClassCount ?? throw new N2DException(
            "ClusterCountRequired",
            ErrorKind.InvalidArgument,
            $"Data set '{InputObject.Dataset}' has no labels that give the number of clusters. Use -ClusterCount.",
            InputObject));
        if (options.Checkpoint is { } checkpoint && !ShouldProcess(checkpoint.Path, "Save training"))
        {
            return;
        }

        RunLong($"Comparing methods on {InputObject.Dataset}", ThreadCount, (execution, put) =>
        {
            foreach (var score in MethodComparison.Run(InputObject, options, execution))
            {
                put(score);
            }

            return options;
        });
    }

    private AblationOptions Options(int clusterCount)
    {
        var defaults = new AblationOptions(clusterCount);
        return defaults with
        {
            Methods = AblationMethod.Select(Method),
            Seeds = Seed,
            Dimension = Dimension ?? (Preset == Preset.Paper ? defaults.Dimension : DefaultDimension),
            NeighborCount = NeighborCount ?? defaults.NeighborCount,
            Preset = Preset,
            Epochs = Epoch,
            HiddenUnits = HiddenUnit,
            StartCount = StartCount,
            Device = Device ?? defaults.Device,
            Checkpoint = Checkpoint(),
        };
    }

    private CheckpointFile? Checkpoint() => CheckpointOf(CheckpointPath, CheckpointIntervalSec);
}
