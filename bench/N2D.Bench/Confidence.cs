using System.Globalization;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Bench;

/// <summary>
/// Compares measures of a row's confidence as predictions of seed agreement: the share of other seeds that put the row in the matching
/// cluster. Labels are used only for the last column.
/// </summary>
internal sealed class Confidence
{
    private const int BinCount = 10;

    /// <summary>The data sets (<see cref="SourceData"/>).</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The file of results.</summary>
    public required string ResultPath { get; init; }

    /// <summary>The number of seeds. Each is compared with all others.</summary>
    public required int SeedCount { get; init; }

    /// <summary>The epochs of an autoencoder before UMAP; null for UMAP of the rows.</summary>
    public int? Epochs { get; init; }

    /// <summary>Runs the comparison.</summary>
    public int Run()
    {
        var lines = new List<string> { "Dataset,Stages,Measure,Agreement,Auc,Ece,LeftOutEce,Brier,ShareAbove99,CorrectAuc" };
        var rows = new List<Sample>();
        foreach (var source in Sources)
        {
            rows.AddRange(SamplesOf(source));
        }

        foreach (var sample in rows)
        {
            var others = rows.Where(other => other.Measure == sample.Measure && other.Dataset != sample.Dataset).ToArray();
            var map = others.Length > 0 ? LogisticMap.Fit(others) : null;
            double? leftOut = map is null ? null : CalibrationError(Array.ConvertAll(sample.Values, map.Of), sample.Agreement);
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{sample.Dataset},{(Epochs is { } epochs ? $"Autoencoder({epochs}) > Umap" : "Umap")},{sample.Measure},"
                    + $"{sample.Agreement.Average():F4},{Auc(sample.Values, sample.Agreement):F3},"
                    + $"{CalibrationError(sample.Values, sample.Agreement):F3},{leftOut:F3},{Brier(sample.Values, sample.Agreement):F4},"
                    + $"{sample.Values.Count(value => value > 0.99) / (double)sample.Values.Length:F3},"
                    + $"{Auc(sample.Values, sample.Correct):F3}"));
            Console.WriteLine(lines[^1]);
        }

        foreach (var sample in rows.Where(sample => sample.Measure == nameof(ClusterAssignment.Confidence)))
        {
            Console.WriteLine($"{sample.Dataset}: confidence, mean agreement, share of rows");
            foreach (var (confidence, agreement, share) in Reliability(sample.Values, sample.Agreement))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {confidence:F3} {agreement:F3} {share:F4}"));
            }
        }

        File.WriteAllLines(ResultPath, lines);
        return 0;
    }

    private IEnumerable<Sample> SamplesOf(string source)
    {
        var (name, data) = SourceData.Read(source);
        var classCount = data.GetDataset().ClassCount!.Value;
        var fits = Enumerable.Range(0, SeedCount).Select(seed => Fit(data, classCount, seed)).ToArray();
        var clusters = fits.Select(fit => fit.GetAssignments().ToArray()).ToArray();
        var measures = new Dictionary<string, List<double>>();
        var (agreement, correct) = (new List<double>(), new List<double>());
        for (var seed = 0; seed < SeedCount; seed++)
        {
            var own = clusters[seed];
            var aligned = clusters.Where((_, other) => other != seed)
                .Select(other => LayoutPair.Align(other, own, CancellationToken.None))
                .ToArray();
            agreement.AddRange(own.Select((cluster, row) => aligned.Count(other => other[row] == cluster) / (double)aligned.Length));
            correct.AddRange(CorrectOf(fits[seed]));
            foreach (var (measure, values) in MeasuresOf(data, fits[seed]))
            {
                measures.TryAdd(measure, []);
                measures[measure].AddRange(values);
            }

            Console.WriteLine($"{name}, seed {seed}");
        }

        return measures.Select(measure => new Sample(name, measure.Key, [.. measure.Value], [.. agreement], [.. correct]));
    }

    private ClusterResult Fit(Embedding data, int classCount, int seed)
    {
        var start = Epochs is { } epochs
            ? N2DPipeline.Encode(
                data, new AutoencoderOptions { Epochs = epochs, LatentDimension = classCount, Seed = seed }, Execution.Default)
            : data;
        var layout = N2DPipeline.LayOut(start, new UmapOptions { Seed = seed }, Execution.Default);
        return N2DPipeline.Cluster(layout, new GaussianMixtureOptions(classCount) { Seed = seed }, Execution.Default);
    }

    /// <summary>The measures of each row, all 0 to 1.</summary>
    private static IEnumerable<(string Name, IEnumerable<double> Values)> MeasuresOf(Embedding data, ClusterResult result)
    {
        var (layout, mixture) = (result.GetEmbedding().GetRows(), (GaussianMixture)result.GetClusterer());
        var assignments = result.EnumerateAssignments().ToArray();
        var distances = mixture.Measure(layout, Execution.Default).Distances;
        var confidences = assignments.Select(assignment => (double)assignment.Confidence!.Value).ToArray();
        yield return ("Probability", assignments.Select(assignment => (double)assignment.Probability!.Value));
        yield return ("Tempered", Tempered(mixture, layout, assignments));
        yield return ("Typicality", distances.Select(distance => 1 / (1 + ((double)distance * distance / layout.ColumnCount))));
        foreach (var (name, rows) in new[] { ("LayoutNeighbors", layout), ("InputNeighbors", data.GetRows()) })
        {
            var neighbors = NeighborSearch.Find(rows, 20, new RowDistance(), Execution.Default);
            yield return (name, assignments.Select((assignment, row) =>
                neighbors.Neighbors(row).ToArray().Count(other => assignments[other].Cluster == assignment.Cluster) / 20.0));
        }

        // The same ratio without squares.
        yield return ("CenterDistance", confidences.Select(value =>
            value >= 0.5 ? 1 - (Math.Sqrt(2 - (2 * value)) / 2) : Math.Sqrt(2 * value) / 2));
        if (Silhouette.ComputeEach(layout, result.GetAssignments().ToArray(), 0, Execution.Default) is { } silhouettes
            && silhouettes.Values.Count == layout.RowCount)
        {
            yield return ("Silhouette", silhouettes.Values.Select(value => (value + 1.0) / 2));
        }

        yield return (nameof(ClusterAssignment.Confidence), confidences);
    }

    /// <summary>The posterior at the temperature d, the number of columns: the log-densities are divided by it.</summary>
    private static IEnumerable<double> Tempered(GaussianMixture mixture, Matrix layout, ClusterAssignment[] assignments)
    {
        for (var row = 0; row < layout.RowCount; row++)
        {
            var probabilities = mixture.Predict(Matrix.Own(layout.GetRow(row), layout.ColumnCount), Execution.Default).Probabilities;
            var own = assignments[row].Cluster!.Value;
            var sum = Enumerable.Range(0, mixture.ClusterCount)
                .Sum(cluster => Math.Pow(probabilities[0, cluster] / (double)probabilities[0, own], 1.0 / layout.ColumnCount));
            yield return 1 / sum;
        }
    }

    private static IEnumerable<double> CorrectOf(ClusterResult result)
    {
        var (labels, mapping) = (result.GetEmbedding().GetLabels()!, result.GetClassMapping()!);
        var classOf = result.GetAssignments().Select(cluster => mapping.TryGetValue(cluster, out var matched) ? matched : -1);
        return classOf.Select((matched, row) => matched >= 0 && labels.GetCodes()[row] == matched ? 1.0 : 0.0);
    }

    /// <summary>The area under the curve of agreement against disagreement; each row counts as both, by its shares.</summary>
    private static double Auc(double[] values, double[] agreement)
    {
        var order = values.Zip(agreement).GroupBy(pair => pair.First).OrderBy(group => group.Key);
        var (below, area) = (0.0, 0.0);
        foreach (var group in order)
        {
            var (agreed, differed) = (group.Sum(pair => pair.Second), group.Sum(pair => 1 - pair.Second));
            area += agreed * (below + (differed / 2));
            below += differed;
        }

        var positive = agreement.Sum();
        return area / (positive * (agreement.Length - positive));
    }

    private static IEnumerable<(double Confidence, double Agreement, double Share)> Reliability(double[] values, double[] agreement) =>
        from pair in values.Zip(agreement)
        group pair by Math.Min((int)(pair.First * BinCount), BinCount - 1) into bin
        orderby bin.Key
        select (bin.Average(pair => pair.First), bin.Average(pair => pair.Second), bin.Count() / (double)values.Length);

    /// <summary>The expected calibration error (Naeini et al. 2015), with ten bins of equal width.</summary>
    private static double CalibrationError(double[] values, double[] agreement) =>
        Reliability(values, agreement).Sum(bin => bin.Share * Math.Abs(bin.Confidence - bin.Agreement));

    private static double Brier(double[] values, double[] agreement) =>
        values.Zip(agreement).Average(pair => (pair.Second * Square(1 - pair.First)) + ((1 - pair.Second) * Square(pair.First)));

    private static double Square(double value) => value * value;

    /// <summary>A measure of all rows and seeds of a data set.</summary>
    internal sealed record Sample(string Dataset, string Measure, double[] Values, double[] Agreement, double[] Correct);

    /// <summary>Calibration by a logistic curve of the log-odds (Platt 1999), fitted with equal weights of data sets.</summary>
    private sealed record LogisticMap(double Intercept, double Slope)
    {
        public static LogisticMap Fit(IReadOnlyList<Sample> samples)
        {
            var (intercept, slope) = (0.0, 1.0);
            for (var step = 0; step < 50; step++)
            {
                var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-9, 0.0, 1e-9);
                foreach (var sample in samples)
                {
                    for (var row = 0; row < sample.Values.Length; row++)
                    {
                        var odds = LogOdds(sample.Values[row]);
                        var value = 1 / (1 + Math.Exp(-intercept - (slope * odds)));
                        var (error, weight) =
                            ((sample.Agreement[row] - value) / sample.Values.Length, value * (1 - value) / sample.Values.Length);
                        (g0, g1) = (g0 + error, g1 + (error * odds));
                        (h00, h01, h11) = (h00 + weight, h01 + (weight * odds), h11 + (weight * odds * odds));
                    }
                }

                var determinant = (h00 * h11) - (h01 * h01);
                intercept += ((h11 * g0) - (h01 * g1)) / determinant;
                slope += ((h00 * g1) - (h01 * g0)) / determinant;
            }

            return new LogisticMap(intercept, slope);
        }

        public double Of(double value) => 1 / (1 + Math.Exp(-Intercept - (Slope * LogOdds(value))));

        private static double LogOdds(double value) => Math.Log((value + 0.02) / (1.02 - value));
    }
}
