using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Data;
using N2D.Devices;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Bench;

/// <summary>
/// Compares recipes of training the autoencoder, each completed to N2D with the defaults: cost, scores, and agreement between seeds. As in
/// the study, codes and layouts have as many columns as there are classes. Training is measured in steps, so smaller sets have more epochs.
/// </summary>
internal sealed class Recipes
{
    private const int Steps = 4096;

    private static readonly AutoencoderOptions Plain = new();

    private static readonly Recipe[] All =
    [
        new("constant", Steps, Plain),
        new("constant, half", Steps / 2, Plain),
        new("constant, double", 2 * Steps, Plain),
        new("constant, fourfold", 4 * Steps, Plain),
        new("constant, tenfold", 10 * Steps, Plain),
        new("linear", Steps, Plain with { Schedule = LearningRateSchedule.Linear }),
        new("linear, double", 2 * Steps, Plain with { Schedule = LearningRateSchedule.Linear }),
        new("linear, fourfold", 4 * Steps, Plain with { Schedule = LearningRateSchedule.Linear }),
        new("cosine", Steps, Plain with { Schedule = LearningRateSchedule.Cosine }),
        new("cosine, double", 2 * Steps, Plain with { Schedule = LearningRateSchedule.Cosine }),
        new("averaged", Steps, Plain with { WeightAveraging = 0.998f }),
        new("averaged, double", 2 * Steps, Plain with { WeightAveraging = 0.998f }),
        new("decay", Steps, Plain with { WeightDecay = 0.01f }),
        new("decay, strong", Steps, Plain with { WeightDecay = 0.1f }),
        new("denoising", Steps, Plain with { Kind = AutoencoderKind.Denoising }),
        new("dropout", Steps, Plain with { Dropout = 0.1f }),
        new("high rate", Steps, Plain with { LearningRate = 2e-3f }),
        new("low rate", Steps, Plain with { LearningRate = 3e-4f }),
        new("large batch", Steps, Plain with { BatchSize = 512 }),
        new("small batch", 2 * Steps, Plain with { BatchSize = 128 }),
    ];

    /// <summary>Data sets by name and path, such as <c>Har=~/data/har.zip</c>.</summary>
    public required string[] Sources { get; init; }

    /// <summary>Recipes by name; all if empty.</summary>
    public required string[] Names { get; init; }

    /// <summary>The seeds.</summary>
    public required int[] Seeds { get; init; }

    /// <summary>The device.</summary>
    public required ComputeDevice Device { get; init; }

    /// <summary>The number of parallel runs: a single one leaves most of a GPU idle.</summary>
    public required int Parallelism { get; init; }

    /// <summary>The CSV file to append a row to for each run. Runs in the file are skipped.</summary>
    public required string ResultPath { get; init; }

    /// <summary>Whether to skip other clusterings of the same codes.</summary>
    public required bool IsBrief { get; init; }

    /// <summary>A folder to store the codes and the labels of each run in, for the peers' script; null for none.</summary>
    public string? CodeFolder { get; init; }

    /// <summary>Runs what is missing, and prints a summary.</summary>
    /// <returns>0, or 1 if a run failed.</returns>
    public int Run()
    {
        var failed = 0;
        if (!File.Exists(ResultPath))
        {
            File.WriteAllText(
                ResultPath,
                "Dataset,Recipe,Seed,Acc,Nmi,Ari,Error,Silhouette,LogLikelihood,BestStartCount,OptimumGap,"
                    + "KMeansAcc,CodesAcc,OtherAcc,TrainingSeconds,ManifoldSeconds,ClusterSeconds,Device\n");
        }

        var done = File.ReadLines(ResultPath).Select(line => string.Join(',', line.Split(',')[..3])).ToHashSet();
        var recipes = Names.Length == 0 ? All : [.. Names.Select(name => All.Single(recipe => recipe.Name == name))];
        var runs = new ConcurrentQueue<(Dataset Data, Recipe Recipe, int Seed)>(
            from source in Sources
            let data = Read(source)
            from recipe in recipes
            from seed in Seeds
            where !done.Contains(Key(data, recipe, seed))
            select (data, recipe, seed));
        var workers = Enumerable.Range(0, Parallelism).Select(_ => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning)).ToArray();
        Task.WaitAll(workers);
        Summarize();
        return failed == 0 ? 0 : 1;

        void Work()
        {
            while (runs.TryDequeue(out var run))
            {
                try
                {
                    var line = Line(run.Data, run.Recipe, run.Seed);
                    lock (runs)
                    {
                        File.AppendAllText(ResultPath, line + "\n");
                        Console.WriteLine(line);
                    }
                }
                catch (Exception error)
                {
                    Interlocked.Increment(ref failed);
                    Console.WriteLine($"{Key(run.Data, run.Recipe, run.Seed)} failed: {error.Message}");
                }
            }
        }
    }

    private string ClusterFolder => Path.ChangeExtension(ResultPath, "clusters");

    /// <summary>
    /// Prints the scores of each recipe over all seeds, earlier calls included, and the mean adjusted Rand index of pairs of clusterings.
    /// </summary>
    private void Summarize()
    {
        Console.WriteLine("| data | recipe | seeds | ACC | lowest | highest | NMI | ARI | error | agreement |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var runs in File.ReadLines(ResultPath)
            .Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(fields => (Data: fields[0], Recipe: fields[1])))
        {
            double[] Column(int place) => [.. runs.Select(fields => double.Parse(fields[place], CultureInfo.InvariantCulture))];
            int[][] clusters =
            [
                .. runs.Select(fields => Path.Combine(ClusterFolder, string.Join('-', fields[..3]) + ".txt")).Where(File.Exists)
                    .Select(path => File.ReadLines(path).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToArray()),
            ];
            double[] agreements =
            [
                ..
                    from first in Enumerable.Range(0, clusters.Length)
                    from second in Enumerable.Range(0, first)
                    select AdjustedRandIndex.Compute(clusters[first], clusters[second]),
            ];
            var agreement = agreements.Length == 0 ? "" : agreements.Average().ToString("F3", CultureInfo.InvariantCulture);
            var (acc, nmi, ari, error) = (Column(3), Column(4), Column(5), Column(6));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {runs.Key.Data} | {runs.Key.Recipe} | {acc.Length} | {acc.Average():F4} | {acc.Min():F4} | {acc.Max():F4} | "
                    + $"{nmi.Average():F4} | {ari.Average():F4} | {error.Average():G4} | {agreement} |"));
        }
    }

    private static string Key(Dataset data, Recipe recipe, int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{data.Dataset},{recipe.Name.Replace(", ", " ")},{seed}");

    private static Dataset Read(string source)
    {
        var parts = source.Split('=', 2);
        var named = DatasetCatalog.Find(parts[0]) ?? throw new ArgumentException($"There is no data set '{parts[0]}'.");
        return named.Read(parts.Length == 2 ? parts[1] : null);
    }

    private string Line(Dataset data, Recipe recipe, int seed)
    {
        var classes = data.ClassCount!.Value;
        var stepsAnEpoch = (data.RowCount + recipe.Options.BatchSize - 1) / recipe.Options.BatchSize;
        var options = recipe.Options with
        {
            Epochs = (recipe.StepCount + stepsAnEpoch - 1) / stepsAnEpoch,
            LatentDimension = classes,
            Seed = seed,
            Device = Device,
        };
        var clock = Stopwatch.StartNew();
        var (autoencoder, codes) = Autoencoder.Fit(data.GetDataMatrix(), options, Execution.Default);
        var training = clock.Elapsed.TotalSeconds;
        if (CodeFolder is not null)
        {
            MatrixFile.Write(Path.Combine(CodeFolder, $"{Key(data, recipe, seed).Replace(',', '-').Replace(' ', '_')}.f32"), codes);
            File.WriteAllBytes(
                Path.Combine(CodeFolder, $"{data.Dataset}-labels.i32"), MemoryMarshal.AsBytes(data.GetLabels()!.Codes).ToArray());
        }

        var embedding = data.Append(autoencoder, codes);
        clock.Restart();
        var umap = new UmapOptions { Dimension = classes, Seed = seed }.Fit(codes, Execution.Default);
        var manifold = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var mixture = GaussianMixture.Fit(umap.Layout, new GaussianMixtureOptions(classes) { Seed = seed }, Execution.Default);
        var clustering = clock.Elapsed.TotalSeconds;
        var result = ClusterResult.Create(embedding.Append(umap, umap.Layout), mixture, Execution.Default);

        var clusters = Directory.CreateDirectory(ClusterFolder).FullName;
        File.WriteAllLines(
            Path.Combine(clusters, Key(data, recipe, seed).Replace(',', '-') + ".txt"),
            result.GetAssignments().ToArray().Select(cluster => cluster.ToString(CultureInfo.InvariantCulture)));

        // Other clusterings of the same codes show which stage makes a run good or bad.
        var (means, codesOnly, other) = IsBrief ? (double.NaN, double.NaN, double.NaN) : OtherWays(data, codes, umap.Layout, classes, seed);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Key(data, recipe, seed)},{result.Acc:F4},{result.Nmi:F4},{result.Ari:F4},{Error(autoencoder, data):G5},"
                + $"{result.Silhouette:F4},{result.LogLikelihood:F4},{result.BestStartCount},{result.OptimumGap:G4},"
                + $"{means:F4},{codesOnly:F4},{other:F4},{training:F1},{manifold:F1},{clustering:F1},{autoencoder.Device}");
    }

    private static (double Means, double CodesOnly, double Other) OtherWays(
        Dataset data, Matrix codes, Matrix layout, int classes, int seed)
    {
        var means = Accuracy(data, KMeans.Fit(layout, new KMeansOptions(classes) { Seed = seed }, Execution.Default), layout);
        var codesOnly =
            Accuracy(data, GaussianMixture.Fit(codes, new GaussianMixtureOptions(classes) { Seed = seed }, Execution.Default), codes);
        var again = new UmapOptions { Dimension = classes, Seed = seed + 1000 }.Fit(codes, Execution.Default).Layout;
        var other = Accuracy(
            data, GaussianMixture.Fit(again, new GaussianMixtureOptions(classes) { Seed = seed + 1000 }, Execution.Default), again);
        return (means, codesOnly, other);
    }

    /// <summary>The mean squared error of all rows with the final weights.</summary>
    private static double Error(Autoencoder autoencoder, Dataset data)
    {
        var (rows, rebuilt) = (data.GetRows(), autoencoder.Reconstruct(data.GetDataMatrix(), Execution.Default));
        var sum = 0.0;
        for (var row = 0; row < rows.RowCount; row++)
        {
            var distance = FixedOrder.Distance(rows.Row(row), rebuilt.Row(row));
            sum += (double)distance * distance;
        }

        return sum / ((double)rows.RowCount * rows.ColumnCount);
    }

    private static double Accuracy(Dataset data, FittedClusterer clusterer, Matrix rows) =>
        ClusteringAccuracy.Compute(data.GetLabels()!.Codes, clusterer.Predict(rows, Execution.Default).Assignments).Value;

    private sealed record Recipe(string Name, int StepCount, AutoencoderOptions Options);
}
