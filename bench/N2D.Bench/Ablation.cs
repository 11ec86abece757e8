using System.Globalization;
using N2D.Classifiers;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Models;
using N2D.Pipeline;
using N2D.SelfTraining;

namespace N2D.Bench;

/// <summary>
/// Measures what each part of self-training contributes: runs the rounds on the images of a data set with one part left out, and writes the
/// scores after each round. Labels are used for the scores only.
/// </summary>
internal sealed class Ablation
{
    /// <summary>The variants, by name.</summary>
    public static IReadOnlyDictionary<string, Variant> Variants { get; } = new Dictionary<string, Variant>(StringComparer.OrdinalIgnoreCase)
    {
        ["all"] = new(),
        ["no-augmentation"] = new() { Augmentation = Augmentation.None },
        ["no-cross-fitting"] = new() { IsCrossFitted = false },
        ["no-reembedding"] = new() { Reembeds = false },
        ["one-layout"] = new() { NeedsAgreement = false },
        ["flip"] = new() { Augmentation = Augmentation.Flip },
    };

    /// <summary>The name of the data set in the catalog.</summary>
    public required string Name { get; init; }

    /// <summary>The folder or file of the data set.</summary>
    public required string Folder { get; init; }

    /// <summary>The file of results. Rounds of variants and seeds that it has are not written again.</summary>
    public required string ResultPath { get; init; }

    /// <summary>The names of the variants to run.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The seeds.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The number of rounds.</summary>
    public required int RoundCount { get; init; }

    /// <summary>Runs the variants.</summary>
    public int Run()
    {
        var data = (DatasetCatalog.Find(Name) ?? throw new ArgumentException($"There is no data set '{Name}'.")).Read(Folder);
        var rows = N2DPipeline.LayOut(data, FeatureLayouts.Components, Execution.Default);
        if (!File.Exists(ResultPath))
        {
            File.WriteAllText(ResultPath, "Dataset,Variant,Seed,Round,Acc,Nmi,AgreedShare,NetworkAgreement\n");
        }

        foreach (var seed in Seeds)
        {
            foreach (var name in Names)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{Name},{name},{seed},");
                var known = File.ReadLines(ResultPath)
                    .Where(line => line.StartsWith(key, StringComparison.Ordinal))
                    .Select(line => RoundOf(line[key.Length..]))
                    .ToHashSet();
                if (!known.Contains(RoundCount))
                {
                    // The first rounds do not depend on the number of rounds.
                    var lines = RunVariant(data, rows, Variants[name], seed).Where(line => !known.Contains(RoundOf(line)));
                    File.AppendAllLines(ResultPath, [.. lines.Select(line => key + line)]);
                }
            }
        }

        return 0;
    }

    private static int RoundOf(string line) => int.Parse(line[..line.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture);

    private IEnumerable<string> RunVariant(Dataset data, Embedding start, Variant variant, int seed)
    {
        var clusterCount = data.ClassCount!.Value;
        var umap = new UmapOptions { Seed = seed };
        var mixture = new GaussianMixtureOptions(clusterCount) { Seed = seed };
        var pair = LayoutPair.Of(start, umap, mixture, Execution.Default);
        var (clusters, labels) = (pair.Clusters, variant.NeedsAgreement ? pair.Agreed : pair.Clusters);
        yield return LineOf(data, 0, clusters, pair.AgreedShare, null);
        for (var round = 1; round <= RoundCount; round++)
        {
            var settings = new CrossFittingSettings(variant.Augmentation, variant.IsCrossFitted, round, seed);
            var fit = CrossFitting.Fit(data, labels, clusterCount, settings, Execution.Default);
            if (!variant.Reembeds)
            {
                clusters = labels = fit.Predictions;
                yield return LineOf(data, round, clusters, null, fit.Agreement);
                continue;
            }

            pair = new FeatureLayouts(umap, mixture, variant.Augmentation, seed).Of(data, fit, Execution.Default);
            (clusters, labels) = (pair.Clusters, variant.NeedsAgreement ? pair.Agreed : pair.Clusters);
            yield return LineOf(data, round, clusters, pair.AgreedShare, fit.Agreement);
        }
    }

    private string LineOf(Dataset data, int round, int[] clusters, double? agreedShare, double? networkAgreement)
    {
        var score = AssignmentScore.Of(data.GetLabels()!, clusters)!;
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{round},{score.Acc:F4},{score.Nmi:F4},{agreedShare:F4},{networkAgreement:F4}");
        Console.WriteLine($"{Name}: {line}");
        return line;
    }

    /// <summary>Self-training with or without some of its parts.</summary>
    internal sealed record Variant
    {
        /// <summary>The random transforms.</summary>
        public Augmentation Augmentation { get; init; } = Augmentation.Affine;

        /// <summary>Whether each network is trained on one half of the rows.</summary>
        public bool IsCrossFitted { get; init; } = true;

        /// <summary>Whether the features are laid out and clustered again; otherwise the networks' predictions are the clusters.</summary>
        public bool Reembeds { get; init; } = true;

        /// <summary>Whether only rows on which two layouts agree are used for training.</summary>
        public bool NeedsAgreement { get; init; } = true;
    }
}
