using System.Globalization;
using N2D.Data;
using N2D.Numerics;
using Xunit.Abstractions;

namespace N2D.Tests.Data;

/// <summary>
/// Real files of every format with some changed bytes. Each case ends in a data set or an <see cref="N2DException"/>, and does not allocate
/// memory for data that the file lacks. <c>./build.ps1 -Task Fuzz</c> runs any number of cases.
/// </summary>
public sealed class ReaderFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultCases = 600;

    /// <summary>The files have a few kilobytes, but compressed files may declare a larger size.</summary>
    private const long MostBytes = 1L << 30;

    /// <summary>Cancels a case that does not end, which then fails. Cases take milliseconds.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void EveryCase_EndsInADatasetOrATypedError()
    {
        var files = RealFiles();
        var outcomes = new Dictionary<string, int>();
        var seed = CaseCount("N2D_FUZZ_SEED", 0);
        for (var number = 0; number < CaseCount("N2D_FUZZ_CASES", DefaultCases); number++)
        {
            var (name, bytes) = files[number % files.Count];
            var outcome = Read(_files.Bytes(name, Changed(bytes, seed, number)), $"seed {seed}, case {number}, {name}");
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        output.WriteLine(
            $"Seed {seed}, {files.Count} files: "
                + $"{string.Join(", ", outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}"))}.");

        // Some changes leave the file readable, and they reach different readers.
        Assert.True(outcomes.ContainsKey("read") && outcomes.Count > 10, string.Join(", ", outcomes));
    }

    /// <summary>The inputs of users, and files of the formats that are not among them; every text once compressed.</summary>
    private static List<(string Name, byte[] Bytes)> RealFiles()
    {
        var inputs = new[] { "RealInputs", "Expected" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, folder)))
            .Where(path => Path.GetExtension(path) is ".csv"
                or ".tsv"
                or ".txt"
                or ".json"
                or ".arff"
                or ".mtx"
                or ".npz"
                or ".npy"
                or ".parquet"
                or ".xlsx"
                or ".h5" && new FileInfo(path).Length < 40_000)
            .Order(StringComparer.Ordinal)
            .Select(path => (Name: Path.GetFileName(path), Bytes: File.ReadAllBytes(path)))
            .ToList();
        inputs.Add(("x.svm", "1 1:0.5 3:2\n2 2:1\n1 1:7 2:3 # note\n"u8.ToArray()));
        inputs.Add(("x.idx", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8]));
        inputs.Add(("x.pgm", [.. "P5 2 2 255\n"u8, 1, 2, 3, 4]));
        inputs.Add(("x.jsonl", "{\"a\":1,\"b\":[1,2]}\n{\"a\":2,\"b\":[3,4]}\n"u8.ToArray()));
        inputs.Add(("x.gif", Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")));
        inputs.AddRange(inputs.Where(file => file.Name.EndsWith(".csv", StringComparison.Ordinal))
            .Take(3)
            .Select(file => (file.Name + ".gz", TemporaryFiles.Compress(file.Bytes)))
            .ToArray());
        inputs.Add(("x.zip", TemporaryFiles.ZipBytes(("x.csv", "a,b\n1,2\n3,4\n"u8.ToArray()))));
        return inputs;
    }

    private static byte[] Changed(byte[] file, int seed, int number)
    {
        var random = new RandomSequence(seed, RandomPurpose.Sampling, number);
        var bytes = file.ToArray();
        for (var change = random.NextInt32(4); change >= 0 && bytes.Length > 1; change--)
        {
            // The first and the last bytes hold headers and directories.
            var place = random.NextInt32(3) switch
            {
                0 => random.NextInt32(Math.Min(bytes.Length, 128)),
                1 => bytes.Length - 1 - random.NextInt32(Math.Min(bytes.Length, 128)),
                _ => random.NextInt32(bytes.Length),
            };
            var length = Math.Min(1 + random.NextInt32(16), bytes.Length - place);
            bytes = random.NextInt32(7) switch
            {
                0 => bytes[..place],
                1 => [.. bytes[..place], .. bytes[(place + length)..]],
                2 => [.. bytes[..(place + length)], .. bytes[place..]],
                3 => With(bytes, place, (byte)random.NextInt32(256)),
                4 => With(bytes, place, (byte)(bytes[place] ^ (1 << random.NextInt32(8)))),
                5 => With(bytes, place, random.NextInt32(2) == 0 ? (byte)0 : (byte)0xff),
                _ => [.. bytes[..place], .. ",\"';\n[{#\0\u001b9e-"u8.Slice(random.NextInt32(12), 1), .. bytes[place..]],
            };
        }

        return bytes;
    }

    private static byte[] With(byte[] bytes, int place, byte value)
    {
        bytes[place] = value;
        return bytes;
    }

    private static string Read(string path, string what)
    {
        using var deadline = new CancellationTokenSource(HangLimit);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var execution = new Execution { CancellationToken = deadline.Token, Warn = _ => { }, Explain = _ => { } };
            var dataset = new DatasetFile().Read(path, execution);
            Preparation.Apply(dataset, new PreparationOptions { MissingValue = MissingValuePolicy.Mean }, execution);
            return "read";
        }
        catch (N2DException error)
        {
            Assert.DoesNotContain(error.Message, character => char.IsControl(character));
            return error.Id;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{what}: {error.GetType().Name}", error);
        }
        finally
        {
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"{what}: too much memory");
        }
    }

    private static int CaseCount(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : otherwise;
}
