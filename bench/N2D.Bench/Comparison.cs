using System.Globalization;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Bench;

/// <summary>
/// Compares UMAP of the same rows by N2D and its peers, in alternation, each in its own process: seconds of the stages, peak memory, and
/// quality of the layouts.
/// </summary>
internal sealed class Comparison
{
    private const int TrustworthinessSample = 2000;
    private const int TrustworthinessNeighbors = 15;

    /// <summary>N2D, and its peers.</summary>
    public static readonly Peer[] All =
        [Peer.Self("N2D", "fit"), Peer.Python("umap-learn", "umap_peer.py"), Peer.R("uwot", "uwot_peer.R")];
    private static readonly string[] Figures = ["neighbors", "graph", "start", "layout", "total", "warmup", "peak"];
    private static readonly string[] Scores = ["trust", "acc", "nmi", "loglik"];

    /// <summary>The data set's name in the catalog.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of the data set; empty if the module contains it.</summary>
    public required string Folder { get; init; }

    /// <summary>The epochs of the autoencoder whose codes are laid out; null for the published rows.</summary>
    public int? CodeEpochs { get; init; }

    /// <summary>The folder to store codes in, so that the next comparison does not train again; null for none.</summary>
    public string? CodeFolder { get; init; }

    /// <summary>The columns of the layout.</summary>
    public required int Dimension { get; init; }

    /// <summary>The number of fits of each peer, with the next seed each time.</summary>
    public required int Rounds { get; init; }

    /// <summary>The seed of the first round.</summary>
    public int FirstSeed { get; init; }

    /// <summary>The names of the peers; null for all installed ones.</summary>
    public IReadOnlyCollection<string>? Peers { get; init; }

    public int Run()
    {
        var (rows, labels) = Load();
        var neighborCount = new UmapOptions().NeighborCount;
        var work = Directory.CreateTempSubdirectory("n2d-bench-");
        try
        {
            var rowsPath = Path.Combine(work.FullName, "rows.f32");
            var layoutPath = Path.Combine(work.FullName, "layout.f32");
            MatrixFile.Write(rowsPath, rows);
            var peers = All.Where(peer => peer.IsInstalled && (peer == All[0] || Peers is null || Peers.Contains(peer.Name)));
            var fits = peers.ToDictionary(peer => peer, _ => new List<Dictionary<string, string>>());
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var (peer, ownFits) in fits)
                {
                    var fit = peer.Run(
                        rowsPath, Text(rows.RowCount), Text(rows.ColumnCount), Text(neighborCount), Text(Dimension), layoutPath,
                        Text(FirstSeed + round));
                    if (fit is not null)
                    {
                        Score(fit, rows, MatrixFile.Read(layoutPath, Dimension), labels, FirstSeed + round);
                        ownFits.Add(fit);
                        Console.Error.WriteLine(
                            $"{peer.Name}, seed {FirstSeed + round}: "
                                + $"{string.Join(' ', fit.Select(figure => $"{figure.Key}={figure.Value}"))}");
                    }
                }
            }

            var input = CodeEpochs is { } epochs ? $"codes of {epochs} epochs" : "rows as published";
            Print($"{Name}, {input}, {rows.RowCount} x {rows.ColumnCount} to {Dimension}, {Rounds} rounds, {Environment.ProcessorCount} "
                + "processors", fits);
            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>The published rows, or their codes by the default autoencoder.</summary>
    private (Matrix Rows, Labels Labels) Load()
    {
        var dataset = (DatasetCatalog.Find(Name) ?? throw new ArgumentException($"There is no data set '{Name}'.")).Read(Folder.Length == 0
            ? null
            : Folder);
        var rows = CodeEpochs is { } epochs ? Codes(dataset, epochs) : dataset.GetRows();
        return (rows, dataset.GetLabels()!);
    }

    private Matrix Codes(Dataset dataset, int epochs)
    {
        var options = new AutoencoderOptions { Epochs = epochs, Seed = FirstSeed };
        var path = CodeFolder is null ? null : Path.Combine(CodeFolder, $"{Name}-{epochs}-epochs-seed-{FirstSeed}.f32");
        if (File.Exists(path))
        {
            return MatrixFile.Read(path, options.LatentDimension);
        }

        var codes = Autoencoder.Fit(dataset.GetRows(), options, Execution.Default).Codes;
        if (path is not null)
        {
            MatrixFile.Write(path, codes);
        }

        return codes;
    }

    private static void Score(Dictionary<string, string> fit, Matrix rows, Matrix layout, Labels labels, int seed)
    {
        var trustworthiness = Trustworthiness.Compute(
            rows, layout, TrustworthinessNeighbors, Execution.Default, Math.Min(TrustworthinessSample, rows.RowCount));
        var mixture = GaussianMixture.Fit(layout, new GaussianMixtureOptions(labels.ClassCount) { Seed = seed }, Execution.Default);
        var clusters = mixture.Predict(layout, Execution.Default).Assignments;
        fit["trust"] = Text(trustworthiness, 4);
        fit["acc"] = Text(ClusteringAccuracy.Compute(labels.Codes, clusters).Value, 4);
        fit["nmi"] = Text(NormalizedMutualInformation.Compute(labels.Codes, clusters), 4);
        fit["loglik"] = Text(mixture.LogLikelihood, 2);
    }

    private static void Print(string title, Dictionary<Peer, List<Dictionary<string, string>>> fits)
    {
        Console.WriteLine(
            $"{title}; medians, seconds and MiB; trustworthiness({TrustworthinessNeighbors}), mixture of as many Gaussians as classes");
        Console.WriteLine();
        Console.WriteLine(
            "| | neighbors | graph | start | layout | total | warm-up | peak | total / N2D | trust | ACC | NMI | log-likelihood |");
        Console.WriteLine("| --- |" + string.Concat(Enumerable.Repeat(" ---: |", 12)));
        var own = Peer.Median(fits.First().Value, "total");
        foreach (var (peer, ownFits) in fits)
        {
            var version = ownFits.Select(fit => fit["version"]).FirstOrDefault("not run");
            var figures = Figures.Select(figure => Text(Peer.Median(ownFits, figure), figure == "peak" ? 0 : 2));
            var ratio = Text(Peer.Median(ownFits, "total") / own, 1);
            var scores = Scores.Select(score => string.Join(' ', ownFits.Select(fit => fit[score])));
            Console.WriteLine($"| {peer.Name} {version} | {string.Join(" | ", [.. figures, ratio, .. scores])} |");
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value, int digits) => double.IsNaN(value)
        ? ""
        : value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
