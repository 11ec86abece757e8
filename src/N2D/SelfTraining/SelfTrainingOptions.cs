using System.Runtime.CompilerServices;
using N2D.Autoencoders;
using N2D.Classifiers;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.SelfTraining;

/// <summary>
/// Options of self-training: improves a clustering by training classifiers on its own clusters, and clustering what they learned.
/// Immutable.
/// </summary>
/// <remarks>
/// <para>A round consists of these steps:</para>
/// <list type="number">
/// <item>Two UMAP layouts with different seeds are clustered. Rows that both put in the same cluster are pseudo-labeled.</item>
/// <item>Two small networks are trained on them, one on each half of the rows, with random transforms of each row. If their
/// predictions differ on too many rows, the rounds end before this one (<see cref="MinimumNetworkAgreement"/>).</item>
/// <item>The features of all rows from both networks replace the rows in the next step 1.</item>
/// </list>
/// <para>
/// Training on the clusters that several clusterings agree on is selective pseudo-labeling (Mahon and Lukasiewicz, 2021). Random transforms
/// in deep clustering are those of Guo et al. (2018), DEC-DA. Cross-fitting (Chernozhukov et al., 2018) and the new layout of both
/// networks' features in each round, instead of the networks' own predictions, are specific to this implementation.
/// </para>
/// </remarks>
public sealed record SelfTrainingOptions
{
    /// <summary>The minimum number of rows: fewer cannot train a network.</summary>
    private const int MinRowCount = 100;

    /// <summary>The share of the time that N2D takes before the rounds, roughly.</summary>
    private const double StartShare = 0.4;

    /// <summary>The number of rounds. More rounds take longer; most of the improvement comes from the first two. Range: 1 to 20.</summary>
    /// <exception cref="N2DException">The value is out of range (<c>RoundsOutOfRange</c>).</exception>
    [OptionRange(1, 20)]
    public int Rounds
    {
        get;
        init => field = Check(value);
    } = 3;

    /// <summary>
    /// The random transforms of the training rows. They must not change the meaning of a row: a mirrored letter is not a
    /// letter.
    /// </summary>
    public Augmentation Augmentation { get; init; }

    /// <summary>
    /// The share of rows that both layouts must put in the same cluster before the first round. If fewer rows agree, the clusters depend
    /// on the seed, and training on them would make wrong clusters look certain. Range: 0 to 1.
    /// </summary>
    /// <exception cref="N2DException">The value is out of range (<c>MinimumAgreementOutOfRange</c>).</exception>
    [OptionRange(0, 1)]
    public double MinimumAgreement
    {
        get;
        init => field = Check(value);
    } = 0.8;

    /// <summary>
    /// The share of all rows for which both networks of a round must predict the same cluster. Each network is trained on one half of the
    /// rows, so they differ if the halves do not show the same clusters. docs/concepts.md has measured shares. If fewer rows agree,
    /// self-training returns the clusters before this round. 0 turns the gate off. Range: 0 to 1.
    /// </summary>
    /// <exception cref="N2DException">The value is out of range (<c>MinimumNetworkAgreementOutOfRange</c>).</exception>
    [OptionRange(0, 1)]
    public double MinimumNetworkAgreement
    {
        get;
        init => field = Check(value);
    } = 0.9;

    /// <summary>The random seed. The same seed gives the same clusters.</summary>
    public int Seed { get; init; }

    /// <summary>Throws if a result cannot be improved by self-training.</summary>
    /// <param name="start">The result.</param>
    /// <exception cref="N2DException">
    /// <list type="bullet">
    /// <item>The result is that of an applied model (<c>NotFitted</c>).</item>
    /// <item>There are fewer than 2 clusters, or more than 4096 (<c>ClusterCountOutOfRange</c>).</item>
    /// <item>There are too few rows (<c>TooFewRows</c>), or their features exceed an array (<c>TooManyValues</c>).</item>
    /// <item>The networks are too large (<c>TooManyColumns</c>, <c>DoesNotFitInMemory</c>).</item>
    /// <item>The rows are not images, and the augmentation is Auto, Affine or Flip (<c>AugmentationRequired</c>,
    /// <c>ImageShapeRequired</c>); or they are images with a side of one pixel (<c>ImagesTooSmall</c>).</item>
    /// </list>
    /// </exception>
    public void ThrowIfUnfit(ClusterResult start)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (start.IsApplied)
        {
            throw new N2DException(
                "NotFitted",
                ErrorKind.InvalidArgument,
                $"These clusters of '{start.Dataset}' come from a model that was applied to the rows, not fitted to them. Self-training "
                    + "needs the result of a fit.",
                start);
        }

        ThrowIfUnfit(start.GetEmbedding(), start.ClusterCount);
    }

    /// <summary>Throws if the result of a pipeline could not be improved by self-training, before the pipeline is fitted.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="pipeline">The options of N2D.</param>
    /// <exception cref="N2DException">As for a result.</exception>
    public void ThrowIfUnfit(Embedding input, N2DOptions pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ThrowIfUnfit(input, pipeline.ClusterCounts.Most);
    }

    /// <summary>Throws if the clusters of rows cannot be improved by self-training, before anything is fitted to them.</summary>
    /// <param name="input">The rows: a data set, or an embedding of it.</param>
    /// <exception cref="N2DException">As for a result: the rows are too few or too many, too wide, or not images.</exception>
    public void ThrowIfUnfit(Embedding input) => ThrowIfUnfit(input, ClassifierShape.MinClasses);

    /// <summary>Runs the rounds.</summary>
    /// <param name="start">The result of a fit. It is not changed.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation.</param>
    /// <returns>
    /// The improved result, whose pipeline can be saved and applied like any other; or the start itself, with a warning, if the layouts
    /// or the networks of the first round agree on too few rows.
    /// </returns>
    /// <exception cref="N2DException">As for <see cref="ThrowIfUnfit(ClusterResult)"/>.</exception>
    public ClusterResult Fit(ClusterResult start, Execution execution)
    {
        ThrowIfUnfit(start);
        ArgumentNullException.ThrowIfNull(execution);
        return SelfTrainingRun.Of(start, this, RisingProgress.Of(execution));
    }

    /// <summary>Runs N2D, then the rounds.</summary>
    /// <param name="input">The rows: a data set, scaled or not.</param>
    /// <param name="pipeline">The options of N2D.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation.</param>
    /// <param name="checkpoint">
    /// A file to save the training of the autoencoder to, and to resume it from if it exists; null to save nothing.
    /// </param>
    /// <exception cref="N2DException">As for <see cref="N2DPipeline.Fit"/> and <see cref="ThrowIfUnfit(Embedding)"/>.</exception>
    public ClusterResult Fit(Embedding input, N2DOptions pipeline, Execution execution, CheckpointFile? checkpoint = null)
    {
        ThrowIfUnfit(input, pipeline);
        ArgumentNullException.ThrowIfNull(execution);
        var clock = new StageClock(RisingProgress.Of(execution));
        var start = clock.Time("N2D", 0, StartShare, part => N2DPipeline.Fit(input, pipeline, part, checkpoint));
        if (start.ClusterCount < ClassifierShape.MinClasses)
        {
            // The number was chosen from a range. The result is not lost.
            execution.Warn?.Invoke(
                $"Self-training did not start: it needs {ClassifierShape.MinClasses} or more clusters, and N2D found "
                    + $"{start.ClusterCount} in '{input.Dataset}'.");
            return start;
        }

        return clock.Time("self-training", StartShare, 1, part => SelfTrainingRun.Of(start, this, part));
    }

    /// <summary>Returns the augmentation of rows.</summary>
    /// <param name="input">The data set, or an embedding of it.</param>
    internal Augmentation ResolveAugmentation(Embedding input)
    {
        var dataset = input.GetDataset();
        if (SelfTrainingInput.ImageShapeOf(input) is { } shape)
        {
            return Math.Min(shape.Height, shape.Width) < 2
                ? throw new N2DException(
                    "ImagesTooSmall",
                    ErrorKind.InvalidArgument,
                    $"Self-training needs images of 2 x 2 pixels or more; those of '{dataset.Dataset}' are {shape}. If the rows are not "
                        + "images, declare no shape when they are read.",
                    dataset)
                : Augmentation == Augmentation.Auto ? Augmentation.Affine : Augmentation;
        }

        return Augmentation switch
        {
            Augmentation.Auto => throw NotImages(
                dataset,
                "AugmentationRequired",
                $"The rows of '{dataset.Dataset}' are not images, so no random transform is known that keeps their meaning. On tables, "
                    + $"self-training rarely improves clusters and can make them worse. To try it, set {nameof(Augmentation)} to "
                    + $"{Augmentation.Jitter} or {Augmentation.None}. If the rows are images, read them from "
                    + "image files or in a format that has their shape, such as IDX."),
            Augmentation.Affine or Augmentation.Flip => throw NotImages(
                dataset,
                "ImageShapeRequired",
                $"{nameof(Augmentation)} {Augmentation} requires images, and the rows of '{dataset.Dataset}' are not images."),
            var chosen => chosen,
        };
    }

    private void ThrowIfUnfit(Embedding input, int clusterCount)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (clusterCount is < ClassifierShape.MinClasses or > ClassifierShape.MaxClasses)
        {
            throw new N2DException(
                "ClusterCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"Self-training needs {ClassifierShape.MinClasses} to {ClassifierShape.MaxClasses} clusters; there "
                    + $"{Quantity.Are(clusterCount)}.",
                clusterCount);
        }

        if (input.RowCount < MinRowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"Self-training needs at least {MinRowCount} rows; there {Quantity.Are(input.RowCount)}.",
                input.RowCount);
        }

        _ = ResolveAugmentation(input);
        SelfTrainingInput.ThrowIfTooLarge(input);
        SelfTrainingInput.ThrowIfNotInMemory(input, clusterCount, MachineMemory.FreeBytes);
    }

    private static N2DException NotImages(Dataset dataset, string id, string message) =>
        new(id, ErrorKind.InvalidArgument, message, dataset) { Options = [nameof(Augmentation)] };

    private static T Check<T>(T value, [CallerMemberName] string name = "") =>
        OptionRange.Check("Self-training", typeof(SelfTrainingOptions), name, value);
}
