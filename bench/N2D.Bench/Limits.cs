using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Measures the peak performance of the machine on all processors, and how close the stages of UMAP come to it.</summary>
internal static class Limits
{
    private const int Samples = 5;
    private static readonly int ThreadCount = Environment.ProcessorCount;

    public static void Run(int rowCount)
    {
        var options = new UmapOptions();
        var matrix = NoisyMixture.Draw(rowCount);
        var stride = new AlignedRows(1, options.Dimension).Stride;

        var arithmetic = Enumerable.Range(0, Samples).Max(_ => PeakArithmetic.Measure());
        var values = new float[64 << 20];
        Array.Fill(values, 1);
        var reading = Best(() => ReadInOrder(values));
        var rows = new AlignedRows(rowCount, options.Dimension);
        var jumping = Best(() => ReadAnywhere(rows, 4_000_000));
        Print($"{ThreadCount} threads; {arithmetic / 1e9:F0} G float32 multiply-adds/s, {reading / 1e9:F1} GB/s read in order, "
            + $"{jumping / 1e6:F0} M rows/s read anywhere of {rowCount} x {4 * stride} bytes");

        _ = options.Fit(NoisyMixture.Draw(rowCount / 10), Execution.Default);
        var stages = new List<string>();
        options.Fit(matrix, Execution.Default with { Explain = stages.Add });
        stages.ForEach(Print);

        var seconds = SingleFit.Seconds(stages[^1]);
        var neighbors = NeighborSearch.Find(matrix, options.NeighborCount - 1, options.Distance, Execution.Default);
        var graph = FuzzySimplicialSet.Build(neighbors, options, Execution.Default);
        if (stages[0].Contains("exact", StringComparison.Ordinal))
        {
            // One subtraction and one multiply-add for each coordinate: two operations of the same units.
            var operations = 2.0 * rowCount * rowCount * NoisyMixture.Dimension;
            Print($"neighbors: {operations / 1e9:F0} G differences and multiply-adds, "
                + $"{Share(operations / seconds["neighbors"], arithmetic)} of the arithmetic that the machine can do");
        }

        // For each sampled edge: the other end is read and moved, and the negative samples are read.
        var draws = options.EpochsFor(rowCount) * graph.Values.Sum(weight => (double)weight) / graph.Values.Max();
        var rowsTouched = draws * (2 + options.NegativeSampleRate);
        Print($"layout: {draws / 1e6:F0} M draws of an edge, {rowsTouched / 1e6:F0} M rows touched, "
            + $"{Share(rowsTouched / seconds["layout"], jumping)} of the rows that the machine can read anywhere");
    }

    private static string Share(double own, double most) => $"{own / most:P0}";

    private static void Print(FormattableString line) => Print(line.ToString(CultureInfo.InvariantCulture));

    private static void Print(string line) => Console.WriteLine(line);

    /// <summary>The highest rate of several runs, per second.</summary>
    private static double Best(Func<double> work) => Enumerable.Range(0, Samples).Max(_ =>
    {
        var clock = Stopwatch.StartNew();
        return work() / clock.Elapsed.TotalSeconds;
    });

    private static double OnAllThreads(Func<int, double> work)
    {
        var done = new double[ThreadCount];
        Parallel.For(0, ThreadCount, new ParallelOptions { MaxDegreeOfParallelism = ThreadCount }, thread => done[thread] = work(thread));
        return done.Sum();
    }

    private static double ReadInOrder(float[] values) => OnAllThreads(thread =>
    {
        var share =
            values.AsSpan((int)((long)values.Length * thread / ThreadCount)..(int)((long)values.Length * (thread + 1) / ThreadCount));
        return FixedOrder.Sum<float>(share) < 0 ? 0 : 4.0 * share.Length;
    });

    /// <summary>Reads rows in random order, each prefetched in advance by software.</summary>
    private static double ReadAnywhere(AlignedRows rows, int count) => OnAllThreads(thread =>
    {
        const int Ahead = 64;
        var random = new RandomSequence(0, RandomPurpose.Sampling, thread);
        Span<int> queue = stackalloc int[Ahead];
        queue.Clear();
        var sum = Vector256<float>.Zero;
        for (var read = 0; read < count; read++)
        {
            ref var next = ref queue[read % Ahead];
            for (nuint lane = 0; lane < (nuint)rows.Stride; lane += (nuint)Vector256<float>.Count)
            {
                sum += Vector256.LoadUnsafe(ref rows.Start(next), lane);
            }

            next = random.NextInt32(rows.RowCount);
            rows.Prefetch(next);
        }

        return Vector256.Sum(sum) < 0 ? 0 : count;
    });
}
