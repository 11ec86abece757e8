using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using N2D.Data;
using N2D.Models;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Scores rows of a memory-mapped file with a saved model, block by block: speed, time of each stage, and memory.</summary>
internal static class Scoring
{
    private const int RowsPerBlock = 8192;

    /// <summary>The noise added to repeated rows, so that no row equals one of the fit, which would only be looked up.</summary>
    private const float Noise = 0.05f;

    public static int Run(string modelPath, string rowsPath, int rowCount)
    {
        var clock = Stopwatch.StartNew();
        var pipeline = FittedPipeline.Load(modelPath);
        Console.WriteLine($"{pipeline}: loaded in {Text(clock.Elapsed.TotalSeconds)} s, {new FileInfo(modelPath).Length >> 20} MiB");
        var seconds = new SortedDictionary<string, double>();
        var clusters = new long[pipeline.ClusterCount ?? 1];
        using var file = MemoryMappedFile.CreateFromFile(rowsPath, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        clock.Restart();
        for (var start = 0; start < rowCount; start += RowsPerBlock)
        {
            var block = Block(file, start, Math.Min(RowsPerBlock, rowCount - start), pipeline.ColumnCount);
            foreach (var stage in pipeline.GetStages())
            {
                block = Timed(seconds, stage.Name, () => stage.Measure(block, ExecutionOf(stage.Name, seconds)).Rows);
            }

            if (pipeline.GetClusterer() is { } clusterer)
            {
                foreach (var cluster in Timed(seconds, clusterer.Name, () => clusterer.Predict(block, Execution.Default)).Assignments)
                {
                    clusters[cluster]++;
                }
            }

            if (start / RowsPerBlock % 8 == 0)
            {
                Console.WriteLine($"{start + block.RowCount} rows: {Text(clock.Elapsed.TotalSeconds)} s, {OwnMemory()} of its own");
            }
        }

        var total = clock.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"{rowCount} rows in {Text(total)} s: {rowCount / total:F0} rows a second; rows a cluster: {string.Join(' ', clusters)}");
        foreach (var (name, time) in seconds)
        {
            Console.WriteLine($"{name,-24} {Text(time),8} s {time / total,6:P0} {1e6 * time / rowCount,8:F1} us a row");
        }

        return 0;
    }

    /// <summary>Writes a file of float32 rows: those of a data set, repeated with different noise.</summary>
    public static int WriteRows(string name, string folder, string rowsPath, int rowCount)
    {
        var rows = DatasetCatalog.Find(name)!.Read(folder).GetRows();
        using var stream = File.Create(rowsPath);
        var values = new float[rows.ColumnCount];
        for (var row = 0; row < rowCount; row++)
        {
            var random = new RandomSequence(0, RandomPurpose.Sampling, row);
            rows.Row(row % rows.RowCount).CopyTo(values);
            foreach (ref var value in values.AsSpan())
            {
                value = value == 0 ? 0 : Math.Clamp(value + (Noise * (random.NextSingle() - 0.5f)), 0, 1);
            }

            stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return 0;
    }

    private static Matrix Block(MemoryMappedFile file, int start, int count, int columnCount)
    {
        var values = new float[count * columnCount];
        using var view = file.CreateViewAccessor(
            (long)start * columnCount * sizeof(float), (long)values.Length * sizeof(float), MemoryMappedFileAccess.Read);
        view.ReadArray(0, values, 0, values.Length);
        return Matrix.Own(values, columnCount);
    }

    private static T Timed<T>(SortedDictionary<string, double> seconds, string name, Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        var result = work();
        seconds[name] = seconds.GetValueOrDefault(name) + clock.Elapsed.TotalSeconds;
        return result;
    }

    /// <summary>Adds up the seconds of the parts of a stage from its explanations.</summary>
    private static Execution ExecutionOf(string stage, SortedDictionary<string, double> seconds) => new()
    {
        Explain = line =>
        {
            foreach (var (part, time) in SingleFit.Seconds(line))
            {
                seconds[$"{stage} {part}"] = seconds.GetValueOrDefault($"{stage} {part}") + time;
            }
        },
    };

    /// <summary>The private memory, without mapped files, whose pages the system can reclaim.</summary>
    private static string OwnMemory()
    {
        const string Name = "RssAnon:";
        var line = File.Exists("/proc/self/status")
            ? Array.Find(File.ReadAllLines("/proc/self/status"), line => line.StartsWith(Name, StringComparison.Ordinal))
            : null;
        return line is null
            ? $"{Environment.WorkingSet >> 20} MiB"
            : $"{int.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) >> 10} MiB";
    }

    private static string Text(double seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture);
}
