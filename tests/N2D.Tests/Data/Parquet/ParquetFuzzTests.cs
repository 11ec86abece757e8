using System.Globalization;
using N2D.Data;
using N2D.Numerics;
using Parquet;
using Xunit.Abstractions;

namespace N2D.Tests.Data;

/// <summary>
/// Parquet files with some changed bytes. Each case ends in a data set or a typed error, and does not allocate memory for data that the
/// file lacks. <c>N2D_FUZZ_CASES</c> and <c>N2D_FUZZ_SEED</c> set the number of cases and the seed.
/// </summary>
public sealed class ParquetFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultCases = 240;

    /// <summary>The files have a few kilobytes, but a page of Zstandard may declare a few megabytes.</summary>
    private const long MostBytes = 256 << 20;

    /// <summary>Cancels a case that does not end, which then fails. Cases take milliseconds.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task EveryCase_EndsInADatasetOrATypedError()
    {
        var files = await RealFiles();
        var outcomes = new Dictionary<string, int>();
        var seed = CaseCount("N2D_FUZZ_SEED", 0);
        for (var number = 0; number < CaseCount("N2D_FUZZ_CASES", DefaultCases); number++)
        {
            var path = _files.Bytes("x.parquet", Changed(files[number % files.Count], seed, number));
            var outcome = Read(path, $"seed {seed}, case {number}");
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        output.WriteLine(
            $"Seed {seed}: "
                + $"{string.Join(", ", outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}"))}.");

        // Some changes leave the file readable, others do not.
        Assert.True(outcomes.ContainsKey("read") && outcomes.ContainsKey("ParquetUnreadable"), string.Join(", ", outcomes));
    }

    [Fact]
    public void FilesThatHungAnotherReader_EndInATypedError()
    {
        foreach (var bytes in new[] { HostileParquet.Schema, HostileParquet.Footer })
        {
            Assert.Equal("ParquetUnreadable", Read(_files.Bytes("x.parquet", bytes), "hostile"));
        }
    }

    private static async Task<List<byte[]>> RealFiles() =>
    [
        await ParquetFiles.Plain(CompressionMethod.None),
        await ParquetFiles.Plain(CompressionMethod.Snappy),
        await ParquetFiles.Plain(CompressionMethod.Zstd),
        await ParquetFiles.Lists(CompressionMethod.None),
        await ParquetFiles.Lists(CompressionMethod.Zstd),
        .. ArrowParquet.All,
    ];

    private static byte[] Changed(byte[] file, int seed, int number)
    {
        var random = new RandomSequence(seed, RandomPurpose.Sampling, number);
        var bytes = file.ToArray();
        for (var change = random.NextInt32(3); change >= 0 && bytes.Length > 0; change--)
        {
            var footer = Math.Max(0, bytes.Length - 8 - (bytes.Length > 8 ? BitConverter.ToUInt16(bytes, bytes.Length - 8) : 0));
            var place = random.NextInt32(2) == 0 ? random.NextInt32(bytes.Length) : footer + random.NextInt32(bytes.Length - footer);
            switch (random.NextInt32(6))
            {
                case 0:
                    bytes = bytes[..place];
                    break;
                case 1:
                    bytes = [.. bytes[..place], (byte)random.NextInt32(256), .. bytes[place..]];
                    break;
                case 2:
                    bytes = [.. bytes[..place], .. bytes[Math.Min(bytes.Length, place + 1 + random.NextInt32(8))..]];
                    break;
                case 3:
                    // The largest numbers that a header can hold.
                    bytes.AsSpan(place, Math.Min(5, bytes.Length - place)).Fill(random.NextInt32(2) == 0 ? (byte)0xff : (byte)0x7f);
                    break;
                default:
                    bytes[place] = random.NextInt32(2) == 0
                        ? (byte)random.NextInt32(256)
                        : (byte)(bytes[place] ^ (1 << random.NextInt32(8)));
                    break;
            }
        }

        return bytes;
    }

    private static string Read(string path, string title)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = "read";
        using var source = new CancellationTokenSource(HangLimit);
        try
        {
            new ParquetFileReader().Read(path, new Execution { CancellationToken = source.Token });
        }
        catch (N2DException error)
        {
            outcome = error.Id;
            Assert.False(
                error.InnerException is ArgumentException or IndexOutOfRangeException or NullReferenceException or AccessViolationException,
                $"{title}: {error}");
        }
        catch (Exception error)
        {
            Assert.Fail($"{title}: {error}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MostBytes, $"{title} took {allocated} bytes.");
        return outcome;
    }

    private static int CaseCount(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var count) ? count : otherwise;
}
