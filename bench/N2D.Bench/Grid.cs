using System.Diagnostics;
using System.Globalization;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>
/// Compares N2D with scikit-learn over a grid of shapes: each method on drawn rows of each number of rows, columns and clusters, in
/// alternation. Writes a table of seconds and ratios.
/// </summary>
internal sealed class Grid
{
    private const int MixtureIterations = 10;

    /// <summary>About the iterations of a start of k-means on overlapping rows.</summary>
    private const int KMeansIterations = 50;

    private const int NeighborCount = 12;

    /// <summary>Longer fits are measured once, because noise matters less.</summary>
    private const double SecondsOfRepeatedFits = 3;

    /// <summary>The processor seconds and the number of fits before those that are measured; the first of both limits counts.</summary>
    private const double WarmUpSeconds = 2;

    private const int WarmUpFits = 100;

    /// <summary>Seconds to wait for scikit-learn for each second of a processor: other work may delay it.</summary>
    private const double WaitingPerSecond = 5;

    private static readonly Dictionary<string, Shape[]> Shapes = new()
    {
        ["mixture"] = Product([300, 3000, 30_000, 100_000], [2, 10, 50, 200, 500], [2, 10, 50]),
        ["kmeans"] = Product([300, 3000, 30_000, 100_000], [2, 10, 50, 500], [2, 10, 50]),
        ["spectral"] = Product([300, 3000, 10_000], [2, 50, 500], [2, 10]),
        ["ward"] = Product([300, 3000, 10_000], [2, 50, 500], [10]),
        ["tsne"] = Product([300, 3000], [10, 50, 500], [2]),
        ["lle"] = Product([300, 3000, 10_000], [10, 50, 500], [2, 10]),
        ["isomap"] = Product([300, 1000, 3000], [10, 50, 500], [2, 10]),
        ["pca"] = Product([300, 3000, 30_000, 100_000], [10, 50, 500], [2, 10]),
    };

    /// <summary>The path of the table.</summary>
    public required string ResultPath { get; init; }

    /// <summary>The methods; all of them if null.</summary>
    public string[]? Methods { get; init; }

    /// <summary>The number of fits of each shape by each of both.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>The fewest rows of a shape that is measured.</summary>
    public int LeastRows { get; init; }

    /// <summary>The most rows, columns and clusters of a shape that is measured.</summary>
    public Shape Limit { get; init; } = new(int.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>
    /// The number of threads of either. With a single one, processor seconds are comparable even on a machine with other work.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether scikit-learn is left out.</summary>
    public bool IsAlone { get; init; }

    /// <summary>A fit of either takes at most about so many seconds. Other shapes are skipped.</summary>
    public double MaxSeconds { get; init; } = 60;

    /// <summary>Runs the comparison.</summary>
    public int Run()
    {
        var folder = Directory.CreateTempSubdirectory("n2d-bench-");
        try
        {
            using var peer = IsAlone ? null : new PeerSession(Threads);
            using var table = new StreamWriter(ResultPath) { AutoFlush = true };
            table.WriteLine(
                "method,rows,columns,count,n2d_first_seconds,n2d_seconds,sklearn_seconds,ratio,n2d_processor,sklearn_processor,"
                    + "processor_ratio,n2d_iterations,sklearn_iterations,iteration_ratio,note");
            foreach (var method in Methods ?? [.. Shapes.Keys])
            {
                foreach (var shape in Shapes[method].Where(shape => shape.Rows >= LeastRows && shape.IsWithin(Limit)))
                {
                    var line = $"{method},{shape.Rows},{shape.Columns},{shape.Count},{Measure(method, shape, peer, folder.FullName)}";
                    table.WriteLine(line);
                    Console.Error.WriteLine(line);
                }
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string Measure(string method, Shape shape, PeerSession? peer, string folder)
    {
        if (shape.Seconds(method) > MaxSeconds)
        {
            return ",,,,,,,,,,skipped: too long";
        }

        var rows = Draw(shape);
        var path = Path.Combine(folder, "rows.f32");
        MatrixFile.Write(path, rows);
        var task = string.Create(CultureInfo.InvariantCulture, $"{method} {path} {shape.Rows} {shape.Columns} {shape.Count}");

        // The first fits compile the code, and compile it again when it turns out to be hot.
        var first = Fit(method, shape, rows);
        var warmUp = first.Processor;
        for (var fit = 1; fit < WarmUpFits && warmUp < WarmUpSeconds; fit++)
        {
            warmUp += Fit(method, shape, rows).Processor;
        }

        var (own, other) = (new List<Times>(), new List<Times>());
        for (var round = 0; round < (first.Seconds > SecondsOfRepeatedFits ? 1 : Rounds); round++)
        {
            own.Add(Fit(method, shape, rows));
            if (peer is not null && peer.Fit(task, WaitingPerSecond * MaxSeconds) is { } times)
            {
                other.Add(times);
            }
        }

        var note = peer is not null && other.Count == 0 ? "scikit-learn failed or took too long" : "";
        var iterations = method == "mixture"
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Median(own.Select(times => times.Iterations))},{Median(other.Select(times => times.Iterations))},"
                    + $"{Median(other.Select(PerIteration)) / Median(own.Select(PerIteration)):F2}")
            : ",,";
        return $"{first.Seconds.ToString("G4", CultureInfo.InvariantCulture)},{Columns(own, other, times => times.Seconds)},"
            + $"{Columns(own, other, times => times.Processor)},{iterations},{note}";
    }

    private static double PerIteration(Times times) => times.Processor / Math.Max(1, times.Iterations);

    private static string Columns(List<Times> own, List<Times> other, Func<Times, double> secondsOf)
    {
        var (mine, theirs) = (Median(own.Select(secondsOf)), Median(other.Select(secondsOf)));
        return string.Create(CultureInfo.InvariantCulture, $"{mine:G4},{theirs:G4},{theirs / mine:F2}");
    }

    private Times Fit(string method, Shape shape, Matrix rows)
    {
        var execution = new Execution { ThreadCount = Threads };
        var clock = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        var iterations = 0;
        switch (method)
        {
            case "mixture":
                var mixture = (GaussianMixture)new GaussianMixtureOptions(shape.Count)
                {
                    StartCount = 1,
                    CandidateCount = 1,
                    MaxIterations = MixtureIterations,
                }.Fit(rows, execution);
                iterations = mixture.GetStarts()[0].Iterations;
                break;
            case "kmeans" or "spectral" or "ward":
                SingleClustering.OptionsOf(method == "ward" ? "agglomerative" : method, shape.Count, seed: 0).Fit(rows, execution);
                break;
            default:
                ManifoldOf(method, shape.Count).Fit(rows, execution);
                break;
        }

        return new Times(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, iterations);
    }

    private static ManifoldOptions ManifoldOf(string method, int dimension) => method switch
    {
        "tsne" => new TsneOptions { Dimension = dimension },
        "lle" => new LocallyLinearEmbeddingOptions { NeighborCount = NeighborCount, Dimension = dimension },
        "isomap" => new IsomapOptions { NeighborCount = NeighborCount, Dimension = dimension },
        "pca" => new PcaOptions { Dimension = dimension },
        _ => throw new ArgumentException($"There is no method '{method}'."),
    };

    /// <summary>
    /// Rows of ten Gaussians whose means are about five standard deviations apart, in any number of columns. They overlap enough that most
    /// responsibilities are not zero.
    /// </summary>
    private static Matrix Draw(Shape shape)
    {
        const int ComponentCount = 10;
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var centers = new double[ComponentCount * shape.Columns];
        foreach (ref var value in centers.AsSpan())
        {
            value = Math.Sqrt(12.5 / shape.Columns) * random.NextGaussian();
        }

        var values = new float[shape.Rows * shape.Columns];
        for (var row = 0; row < shape.Rows; row++)
        {
            var component = random.NextInt32(ComponentCount);
            for (var column = 0; column < shape.Columns; column++)
            {
                values[(row * shape.Columns) + column] =
                    (float)(centers[(component * shape.Columns) + column] + random.NextGaussian());
            }
        }

        return Matrix.Own(values, shape.Columns);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static Shape[] Product(int[] rows, int[] columns, int[] counts) =>
        [.. from n in rows from d in columns from k in counts select new Shape(n, d, k)];

    /// <summary>The times of a fit: on the clock, and of all processors together; and the iterations of a mixture.</summary>
    private readonly record struct Times(double Seconds, double Processor, double Iterations);

    /// <summary>The shape of a task.</summary>
    /// <param name="Rows">n.</param>
    /// <param name="Columns">d.</param>
    /// <param name="Count">The number of clusters, or of dimensions of a layout.</param>
    internal sealed record Shape(int Rows, int Columns, int Count)
    {
        /// <summary>
        /// About the seconds of a mixture or of k-means with ten starts by full matrix products, at 60 GFLOP/s; 0 for other methods.
        /// </summary>
        public double Seconds(string method) => method switch
        {
            "mixture" => 4.0 * Rows * Columns * Columns * Count * MixtureIterations / 6e10,
            "kmeans" => 2.0 * Rows * Columns * Count * 10 * KMeansIterations / 6e10,
            _ => 0,
        };

        public bool IsWithin(Shape limit) => Rows <= limit.Rows && Columns <= limit.Columns && Count <= limit.Count;
    }

    /// <summary>A process of scikit-learn that runs one task after another. It is started again after a task that takes too long.</summary>
    private sealed class PeerSession(int threads) : IDisposable
    {
        private Process _process = Start(threads);

        public Times? Fit(string task, double limit)
        {
            _process.StandardInput.WriteLine(task);
            var answer = _process.StandardOutput.ReadLineAsync();
            if (!answer.Wait(TimeSpan.FromSeconds(limit)) || answer.Result is null)
            {
                Dispose();
                _process = Start(threads);
                return null;
            }

            var figures = (answer.Result ?? "").Split(' ').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[^1]);
            return figures.TryGetValue("total", out var total)
                ? new Times(
                    double.Parse(total, CultureInfo.InvariantCulture),
                    double.Parse(figures["processor"], CultureInfo.InvariantCulture),
                    double.Parse(figures["iterations"], CultureInfo.InvariantCulture))
                : null;
        }

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }

        private static Process Start(int threads)
        {
            var peer = Peer.Python("scikit-learn", "grid_peer.py");
            var start = new ProcessStartInfo(peer.FileName, peer.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
            foreach (var name in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LOKY_MAX_CPU_COUNT"])
            {
                start.Environment[name] = threads.ToString(CultureInfo.InvariantCulture);
            }

            return Process.Start(start)!;
        }
    }
}
