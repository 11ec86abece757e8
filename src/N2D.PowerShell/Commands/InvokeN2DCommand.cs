using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Devices;
using N2D.Models;
using N2D.Pipeline;
using N2D.SelfTraining;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Runs all of N2D on a data set: autoencoder, UMAP, Gaussian mixture.</para>
/// <para type="description">Runs New-N2DAutoencoder, Invoke-N2DUmap and Invoke-N2DCluster, each with its defaults. The result is the same
/// as that of the three cmdlets: the clusters, the scores and the fitted pipeline. Use the three cmdlets to change other settings of a
/// stage.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2D", SupportsShouldProcess = true)]
[OutputType(typeof(ClusterResult))]
public sealed class InvokeN2DCommand : SeededCmdlet
{
    /// <summary>
    /// <para type="description">The number of clusters, 1 to the number of rows, or Auto, which takes the best number from 1 to 20 by
    /// -ClusterCountCriterion. Default: the number of classes, if the data set has labels.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [Alias("k", "n_clusters")]
    [ArgumentCompleter(typeof(ClusterCountCompleter))]
    [DataArePiped("Invoke-N2D")]
    [WholeNumber]
    public ClusterCountArgument? ClusterCount { get; set; }

    /// <summary>
    /// <para type="description">The criterion of -ClusterCount Auto, as in Invoke-N2DCluster. Default: Silhouette.</para>
    /// </summary>
    [Parameter]
    [Alias("Criterion")]
    public ClusterCountCriterion ClusterCountCriterion { get; set; }

    /// <summary>
    /// <para type="description">The number of dimensions of the autoencoder's code and of UMAP's layout. Default: 10, or with
    /// -Preset Paper the number of clusters. Range: 1 to 512.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(1, 512)]
    [WholeNumber]
    public int? Dimension { get; set; }

    /// <summary>
    /// <para type="description">The number of passes over all rows in training. Default: as many as give 4096 steps, from 10 to
    /// 100. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("epochs", "pretrain_epochs")]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumber]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">The number of neighbors for UMAP, the row itself included. Default 20. Range: 2 or more, and fewer
    /// than there are rows.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors")]
    [ValidateRange(2, int.MaxValue)]
    [WholeNumber]
    public int? NeighborCount { get; set; }

    /// <summary>
    /// <para type="description">The preset: the module's own (Default), or the N2D study's (Paper), for comparison with published
    /// figures.</para>
    /// </summary>
    [Parameter]
    public Preset Preset { get; set; }

    /// <summary>
    /// <para type="description">The device to train on: auto, cpu, cuda, cuda:1, mps. Get-N2DDevice lists the devices of this
    /// machine. With auto, the best device that this build can use is taken. Default: auto.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceNameCompleter))]
    public ComputeDevice? Device { get; set; }

    /// <summary>
    /// <para type="description">Improves the clusters of images by self-training, with the defaults of Optimize-N2DCluster.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Optimize { get; set; }

    /// <summary>
    /// <para type="description">A file to save the training in, at intervals and at the end. If the file exists, the training
    /// resumes from it and gives the same result as without an interruption. Each file holds one training: one data set and one
    /// seed. Other sessions cannot use the file while the training runs.
    /// With -Optimize, only the training of the autoencoder is saved.
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
    private protected override bool MindsWeights => true;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        if (IsBound(nameof(ClusterCountCriterion)))
        {
            ClusterCountArgument.ThrowIfNotAuto(ClusterCount, nameof(ClusterCountCriterion), ClusterCountCriterion);
        }

        Options(ClusterCount ?? new ClusterCountArgument(1), input: null).ThrowIfUnusable();
        Checkpoint()?.ThrowIfNotUsable();
    }

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input)
    {
        OptionsFor(input).ThrowIfUnfit(input);
        if (Optimize)
        {
            new SelfTrainingOptions().ThrowIfUnfit(input, OptionsFor(input));
        }
    }

    /// <summary>Checks an embedding for a cmdlet that fits it later, with the parameters of this one.</summary>
    /// <param name="input">The embedding.</param>
    internal void ThrowIfUnfit(Embedding input) => CheckInput(input);

    /// <inheritdoc/>
    protected override void Fit()
    {
        var (options, checkpoint) = (OptionsFor(InputObject), Checkpoint());
        if (checkpoint is not null && !ShouldProcess(checkpoint.Path, "Save training"))
        {
            return;
        }

        WriteObject(
            RunLong($"Clustering {InputObject.Dataset} by N2D", ThreadCount, execution =>
                Optimize
                    ? new SelfTrainingOptions { Seed = options.Seed }.Fit(InputObject, options, execution, checkpoint)
                    : N2DPipeline.Fit(InputObject, options, execution, checkpoint)));
    }

    private CheckpointFile? Checkpoint() => CheckpointOf(CheckpointPath, CheckpointIntervalSec);

    private N2DOptions OptionsFor(Embedding input) => Options(ClusterCountArgument.For(ClusterCount, input), input);

    private N2DOptions Options(ClusterCountArgument count, Embedding? input)
    {
        var options = new N2DOptions(count.ToRange(1, ClusterCountRange.DefaultMost))
        {
            CountCriterion = ClusterCountCriterion,
            Preset = Preset,
            Epochs = Epoch,
            Device = Device ?? ComputeDevice.Auto,
            Seed = input is null ? 0 : Seed,
        };
        var dimension = Dimension ?? (Preset == Preset.Paper && count.IsAuto ? input?.ClassCount : null);
        return options with { Dimension = dimension ?? options.Dimension, NeighborCount = NeighborCount ?? options.NeighborCount };
    }
}
