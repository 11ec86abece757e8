using System.Globalization;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>
/// UMAP of the same rows by N2D and its peers, in alternation, each in a process of its own: the seconds of the stages, peak memory, and how good the
/// layouts are.
/// </summary>
internal static class Comparison
{
    private const int TrustworthinessSample = 2000;
    private const int TrustworthinessNeighbors = 15;

    private static readonly string[] Figures = ["neighbours", "graph", "start", "layout", "total", "peak"];
    private static readonly string[] Scores = ["trust", "acc", "nmi", "loglik"];

    public static int Run(string name, string folder, string input, int rounds, int firstSeed)
    {
        var (rows, labels) = Load(name, folder, input);
        var options = new UmapOptions();
        var work = Directory.CreateTempSubdirectory("n2d-bench-");
        try
        {
            var rowsPath = Path.Combine(work.FullName, "rows.f32");
            var layoutPath = Path.Combine(work.FullName, "layout.f32");
            MatrixFile.Write(rowsPath, rows);
            var fits = Peer.Available().ToDictionary(peer => peer, _ => new List<Dictionary<string, string>>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (peer, ownFits) in fits)
                {
                    var fit = peer.Fit(
                        rowsPath, Text(rows.RowCount), Text(rows.ColumnCount), Text(options.NeighborCount), Text(options.Dimension), layoutPath, Text(firstSeed + round));
                    if (fit is not null)
                    {
                        Score(fit, rows, MatrixFile.Read(layoutPath, options.Dimension), labels, firstSeed + round);
                        ownFits.Add(fit);
                        Console.Error.WriteLine($"{peer.Name}, seed {firstSeed + round}: {string.Join(' ', fit.Select(figure => $"{figure.Key}={figure.Value}"))}");
                    }
                }
            }

            Print($"{name}, {input}, {rows.RowCount} x {rows.ColumnCount}, {rounds} rounds, {Environment.ProcessorCount} processors", fits);
            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>The rows as published, or as the autoencoder with its defaults encodes them.</summary>
    private static (Matrix Rows, Labels Labels) Load(string name, string folder, string input)
    {
        var dataset = (DatasetCatalog.Find(name) ?? throw new ArgumentException($"There is no data set '{name}'.")).Read(folder.Length == 0 ? null : folder);
        var rows = input switch
        {
            "raw" => dataset.GetRows(),
            "codes" => Autoencoder.Fit(dataset.GetRows(), new AutoencoderOptions(), Execution.Default).Codes,
            _ => throw new ArgumentException($"'{input}' is neither raw nor codes."),
        };
        return (rows, dataset.GetLabels()!);
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
        Console.WriteLine($"{title}; medians, seconds and MiB; trustworthiness({TrustworthinessNeighbors}), mixture of as many Gaussians as classes");
        Console.WriteLine();
        Console.WriteLine("| | neighbours | graph | start | layout | total | peak | total / N2D | trust | ACC | NMI | log-likelihood |");
        Console.WriteLine("| --- |" + string.Concat(Enumerable.Repeat(" ---: |", 11)));
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

    private static string Text(double value, int digits) => double.IsNaN(value) ? "" : value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
