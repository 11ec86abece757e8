using System.Globalization;
using N2D.Data;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Compares a manifold learner of N2D and scikit-learn on the same rows, in alternation, each in its own process.</summary>
internal static class ManifoldComparison
{
    /// <summary>The name of generated rows of the Swiss roll.</summary>
    private const string SwissRollName = "SwissRoll";

    private static readonly Peer[] All = [Peer.Self("N2D", "fit-manifold"), Peer.Python("scikit-learn", "sklearn_peer.py")];

    public static int Run(
        string learner, string name, string folder, int neighborCount, int dimension, int? rowCount, int rounds, bool isAlone)
    {
        var rows = Load(name, folder, rowCount);
        var work = Directory.CreateTempSubdirectory("n2d-bench-");
        try
        {
            var rowsPath = Path.Combine(work.FullName, "rows.f32");
            var layoutPath = Path.Combine(work.FullName, "layout.f32");
            MatrixFile.Write(rowsPath, rows);
            Console.WriteLine(
                $"{learner} of {name}, {rows.RowCount} x {rows.ColumnCount} to {dimension}, {neighborCount} neighbors, {rounds} rounds, "
                    + $"{Environment.ProcessorCount} processors; medians");
            Console.WriteLine();
            Console.WriteLine("| | seconds | by N2D's | processor seconds | by N2D's | merit | peak MiB |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
            var fits = All.Where(peer => peer.IsInstalled && (peer == All[0] || !isAlone)).ToDictionary(
                peer => peer, _ => new List<Dictionary<string, string>>());
            for (var seed = 0; seed < rounds; seed++)
            {
                foreach (var (peer, own) in fits)
                {
                    string[] what = [
                        learner, rowsPath, .. Texts(rows.RowCount, rows.ColumnCount, neighborCount, dimension), layoutPath, .. Texts(seed)
                    ];
                    if (peer.Run(what) is { } fit)
                    {
                        if (learner == "Tsne")
                        {
                            fit["merit"] = Divergence(
                                rows, MatrixFile.Read(layoutPath, dimension), neighborCount).ToString("G10", CultureInfo.InvariantCulture);
                        }

                        own.Add(fit);
                    }
                }
            }

            foreach (var (peer, own) in fits)
            {
                var (seconds, processor) = (Peer.Median(own, "total"), Peer.Median(own, "processor"));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {peer.Name} {own.FirstOrDefault()?["version"]} | {seconds:F2} | {seconds / Peer.Median(fits[All[0]], "total"):F1} "
                    + $"| {processor:F2} | ")
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"{processor / Peer.Median(fits[All[0]], "processor"):F1} | {Peer.Median(own, "merit"):G7} | "
                            + $"{Peer.Median(own, "peak"):F0} |"));
            }

            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static Matrix Load(string name, string folder, int? rowCount)
    {
        if (name == SwissRollName)
        {
            return SwissRoll.Make(rowCount ?? 10_000, seed: 0);
        }

        var rows = (DatasetCatalog.Find(name) ?? throw new ArgumentException($"There is no data set '{name}'.")).Read(folder.Length == 0
            ? null
            : folder).GetRows();
        return rowCount is { } count ? Matrix.Own(rows.RowRange(0, count).ToArray(), rows.ColumnCount) : rows;
    }

    /// <summary>The exact Kullback-Leibler divergence of a t-SNE layout, over all pairs of rows.</summary>
    private static double Divergence(Matrix rows, Matrix layout, double perplexity)
    {
        var neighbors = NeighborSearch.Find(rows, (int)((3 * perplexity) + 1), new RowDistance(), Execution.Default);
        return TsneDescent.DivergenceOf(PerplexityGraph.Build(neighbors, perplexity, Execution.Default), layout, Execution.Default);
    }

    private static IEnumerable<string> Texts(params int[] numbers) =>
        numbers.Select(number => number.ToString(CultureInfo.InvariantCulture));
}
