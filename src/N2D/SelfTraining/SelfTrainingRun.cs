using System.Diagnostics;
using System.Globalization;
using N2D.Classifiers;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.SelfTraining;

/// <summary>The rounds of self-training on a data set.</summary>
internal sealed class SelfTrainingRun
{
    /// <summary>The minimum number of rows to train on. It is almost impossible that so many lie in one half only.</summary>
    private const int MinAgreedCount = 50;

    /// <summary>The share of a round's time that its networks take.</summary>
    private const double NetworkShare = 0.6;

    /// <summary>The progress at the end of the rounds, before the scores.</summary>
    private const double RoundsEnd = 0.98;

    private readonly ClusterResult _start;
    private readonly SelfTrainingOptions _options;
    private readonly Execution _execution;
    private readonly SelfTrainingGates _gates;
    private readonly Embedding _rows;
    private readonly UmapOptions _umap;
    private readonly ClustererOptions _clusterer;
    private readonly Augmentation _augmentation;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<SelfTrainingRound> _rounds = [];
    private double? _networkAgreement;

    private SelfTrainingRun(ClusterResult start, SelfTrainingOptions options, Execution execution)
    {
        _start = start;
        _options = options;
        _execution = execution;
        _networkAgreement = start.NetworkAgreement;
        _gates = new SelfTrainingGates(options, start.Dataset, execution);
        var (dataset, stages) = (start.GetEmbedding().GetDataset(), start.GetEmbedding().GetStages());
        _augmentation = options.ResolveAugmentation(start.GetEmbedding());
        _rows = Run(dataset, SelfTrainingInput.StagesOf(stages));
        var umap = stages.OfType<Umap>().LastOrDefault()?.Options;
        _umap = new UmapOptions
        {
            Dimension = umap?.Dimension ?? N2DOptions.DefaultDimension,
            NeighborCount = umap?.NeighborCount ?? new UmapOptions().NeighborCount,
            Seed = options.Seed,
        };
        _clusterer = WithoutUnits(start.GetClusterer().Options, start.ClusterCount) with { Seed = options.Seed };
    }

    /// <summary>Runs the rounds.</summary>
    /// <param name="start">The result to improve.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation.</param>
    public static ClusterResult Of(ClusterResult start, SelfTrainingOptions options, Execution execution) =>
        new SelfTrainingRun(start, options, execution).Run();

    private ClusterResult Run()
    {
        var part = RoundsEnd / (_options.Rounds + 0.5);
        var pair = FirstPair(PartOf(0, part / 2, "second layout: "));
        if (!_gates.Passes(pair))
        {
            return _start.With(pair.AgreedShare, _networkAgreement);
        }

        for (var round = 1; round <= _options.Rounds && CanTrain(pair); round++)
        {
            if (RunRound(pair, round, part * (round - 0.5), part * (round + 0.5)) is not { } next)
            {
                break;
            }

            pair = next;
        }

        var result = _rounds.Count == 0
            ? _start
            : ClusterResult.Create(WithRounds(pair), pair.Clusterer, PartOf(RoundsEnd, 1, "scores: "));
        return result.With(pair.AgreedShare, _networkAgreement);
    }

    /// <summary>
    /// Whether networks can be trained on the clusters. A clusterer that chooses the number of clusters itself can find a single one, or
    /// only noise.
    /// </summary>
    private bool CanTrain(LayoutPair pair)
    {
        var (clusterCount, agreedCount) = (pair.Clusters.Max() + 1, pair.Agreed.Count(cluster => cluster >= 0));
        var canTrain = agreedCount >= MinAgreedCount
            && clusterCount is >= ClassifierShape.MinClasses and <= ClassifierShape.MaxClasses;
        if (!canTrain)
        {
            _execution.Warn?.Invoke(
                $"Self-training of '{_start.Dataset}' ended after {Quantity.Of(_rounds.Count, "round")} of {_options.Rounds}: there "
                    + $"{Quantity.Are(clusterCount, "cluster")}, and both layouts agree on {Quantity.Of(agreedCount, "row")}. A round "
                    + $"needs {ClassifierShape.MinClasses} to {ClassifierShape.MaxClasses} clusters, and {MinAgreedCount} or more such "
                    + "rows.");
        }

        return canTrain;
    }

    /// <summary>Adds the record of the rounds to the networks' stage. Its duration includes the start.</summary>
    private Embedding WithRounds(LayoutPair pair)
    {
        var stages = pair.Layout.GetStages().Skip(_rows.GetStages().Count).ToArray();
        var later = stages.Skip(1).Sum(stage => stage.Seconds) + pair.Clusterer.Seconds;
        stages[0] = ((ClassifierFeatures)stages[0]).With(_rounds, _start.TotalSeconds + _clock.Elapsed.TotalSeconds - later);
        return _rows.AppendAll(stages, pair.Layout.GetRows(_execution));
    }

    /// <summary>The start and a second layout of the same rows; or two layouts if the start is no UMAP layout.</summary>
    private LayoutPair FirstPair(Execution execution)
    {
        var embedding = _start.GetEmbedding();
        var stages = embedding.GetStages();
        if (stages.Count == 0 || stages[^1] is not Umap umap)
        {
            // The input of the clusterer itself is the first layout.
            return LayoutPair.With(embedding, embedding, _start.GetClusterer(), _umap, _clusterer, execution);
        }

        var before = stages.SkipLast(1).ToArray();
        foreach (var stage in before)
        {
            stage.ThrowIfNoTransform();
        }

        return LayoutPair.With(
            Run(embedding.GetDataset(), before), embedding, _start.GetClusterer(), umap.Options,
            _clusterer with { Seed = _start.Seed }, execution);
    }

    /// <summary>Trains the networks, and lays out and clusters their features; null if the networks do not pass the gate.</summary>
    private LayoutPair? RunRound(LayoutPair pair, int round, double from, double to)
    {
        var started = _clock.Elapsed;
        var middle = from + (NetworkShare * (to - from));
        var clusterCount = pair.Clusters.Max() + 1;
        var settings = new CrossFittingSettings(_augmentation, IsCrossFitted: true, round, _options.Seed);
        var fit = CrossFitting.Fit(_rows, pair.Agreed, clusterCount, settings, PartOf(from, middle, $"round {round}: "));
        _networkAgreement = fit.Agreement;
        if (!_gates.Passes(fit, round))
        {
            return null;
        }

        var layouts = new FeatureLayouts(_umap, _clusterer, _augmentation, _options.Seed);
        var next = layouts.Of(_rows, fit, PartOf(middle, to, $"round {round}: "));
        var before = LayoutPair.Align(pair.Clusters, next.Clusters, _execution.CancellationToken);
        var moved = before.Zip(next.Clusters).Count(row => row.First != row.Second);
        _rounds.Add(new SelfTrainingRound(round, pair.AgreedShare, fit.Agreement, moved, (_clock.Elapsed - started).TotalSeconds));
        _execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"Self-training, round {round} of {_options.Rounds}: both layouts agree on a share of "
                + $"{SelfTrainingGates.TextOf(pair.AgreedShare)} of the rows, which the networks were trained on; "
                + $"{Quantity.Of(moved, "row")} moved to another cluster; {_rounds[^1].Seconds:F1} s."));
        return next;
    }

    /// <summary>
    /// Returns the options for other layouts of the same rows: with the number of clusters that was found, and without coordinates or
    /// distances of the layout that they were chosen for.
    /// </summary>
    private static ClustererOptions WithoutUnits(ClustererOptions options, int clusterCount)
    {
        var general = options switch
        {
            AgglomerativeOptions agglomerative => agglomerative with { DistanceThreshold = null },
            HdbscanOptions hdbscan => hdbscan with { SelectionEpsilon = 0 },
            GaussianMixtureOptions mixture => mixture with { InitialMeans = null },
            KMeansOptions centers => centers with { InitialCenters = null },
            _ => options,
        };
        return general is CountedClustererOptions counted
            ? counted with { ClusterCounts = ClusterCountRange.Exactly(clusterCount) }
            : general;
    }

    /// <summary>Returns the output of the first stages of the start: embeddings keep that of the last stage only.</summary>
    private Embedding Run(Dataset dataset, FittedStage[] stages) => stages.Length == 0
        ? dataset
        : dataset.AppendAll(stages, PipelineRun.RowsOf(dataset, stages, _execution with { Progress = null }));

    /// <summary>The execution of a part, whose reports and explanations begin with its name.</summary>
    private Execution PartOf(double from, double to, string prefix) =>
        _execution.Part(from, to, prefix) with
        {
            Explain = _execution.Explain is { } explain ? text => explain($"Self-training, {prefix}{text}") : null,
        };
}
