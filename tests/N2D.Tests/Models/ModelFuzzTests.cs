using System.Diagnostics;
using System.Globalization;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Serialization;
using N2D.Tests.Autoencoders;
using Xunit.Abstractions;

namespace N2D.Tests.Models;

/// <summary>
/// Real model files with something changed. Each case ends in a loaded model or in one of the errors of a damaged file: soon, and without memory being taken for what
/// is not there. What is loaded is applied to rows, and ends in clusters or in an error of its own. <c>./build.ps1 -Task Fuzz</c> runs a hundred thousand.
/// </summary>
[Collection(TorchCollection.Name)]
public sealed class ModelFuzzTests : IDisposable
{
    private const int DefaultCases = 2000;
    private const int FlippedBits = 1000;

    /// <summary>Files of some ten kilobytes: their header, its texts parsed, and their arrays.</summary>
    private const long MostBytes = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Errors = ["CorruptSafetensors", "CorruptModel", "NotAModel", "ModelTooNew"];

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-fuzz-").FullName;
    private readonly Dataset _rows = Pipelines.Others(5);
    private readonly ITestOutputHelper _output;

    public ModelFuzzTests(ITestOutputHelper output) => _output = output;

    private string FilePath => Path.Combine(_folder, "m.n2d");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryCase_EndsInAModelOrOneTypedError()
    {
        // Nothing would come past the digests that tell of every change.
        var files = RealFiles().Select(RewrittenFile.WithoutDigests).ToArray();
        var outcomes = new Dictionary<string, int>();
        var seed = CaseCount("N2D_FUZZ_SEED", 0);
        for (var number = 0; number < CaseCount("N2D_FUZZ_CASES", DefaultCases); number++)
        {
            var mutation = new FileMutation(seed, number);
            File.WriteAllBytes(FilePath, mutation.Apply(files[number % files.Length]));
            var outcome = Load(mutation, out var pipeline);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (pipeline is not null)
            {
                outcome = Apply(mutation, pipeline);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
        }

        _output.WriteLine($"Seed {seed}: {string.Join(", ", outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}"))}.");

        // The mutations reach past the first check, and do not damage everything.
        Assert.True(outcomes.ContainsKey("loaded") && outcomes.ContainsKey("CorruptSafetensors") && outcomes.ContainsKey("CorruptModel"), string.Join(", ", outcomes));
    }

    [Fact]
    public void AFlippedBit_IsRefused_OrHarmless()
    {
        foreach (var file in new[] { Saved(FittedPipeline.Of(Pipelines.Centerd(Standardization.ZScore), Execution.Default)), RealFiles().First() })
        {
            var loaded = 0;
            for (var number = 0; number < FlippedBits; number++)
            {
                var random = new RandomSequence(1, RandomPurpose.Sampling, number);
                var bytes = file.ToArray();
                bytes[random.NextInt32(bytes.Length)] ^= (byte)(1 << random.NextInt32(8));
                File.WriteAllBytes(FilePath, bytes);
                try
                {
                    FittedPipeline.Load(FilePath).Save(FilePath);
                    Assert.Equal(file, File.ReadAllBytes(FilePath));
                    loaded++;
                }
                catch (N2DException error)
                {
                    Assert.True(Errors.Contains(error.Id), error.ToString());
                }
            }

            // Those that hit the name of the header's digest.
            Assert.InRange(loaded, 0, FlippedBits / 50);
        }
    }

    private string Load(FileMutation mutation, out FittedPipeline? pipeline)
    {
        pipeline = null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var outcome = "loaded";
        try
        {
            pipeline = FittedPipeline.Load(FilePath);
        }
        catch (N2DException error)
        {
            Assert.True(Errors.Contains(error.Id), $"{mutation}: {error}");
            Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
            outcome = error.Id;
        }
        catch (Exception error)
        {
            Assert.Fail($"{mutation}: {error}");
        }

        Assert.True(clock.Elapsed < Patience, $"{mutation} took {clock.Elapsed}.");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"{mutation} took {GC.GetAllocatedBytesForCurrentThread() - before} bytes.");
        return outcome;
    }

    /// <summary>What a model that was loaded makes of rows, though its values may be none that a fit makes.</summary>
    private string Apply(FileMutation mutation, FittedPipeline pipeline)
    {
        var clock = Stopwatch.StartNew();
        var outcome = "applied";
        try
        {
            if (pipeline.GetClusterer() is null)
            {
                pipeline.Transform(_rows, Execution.Default);
            }
            else
            {
                pipeline.Score(_rows, Execution.Default);
            }
        }
        catch (N2DException error)
        {
            outcome = $"refused rows by {error.Id}";
        }
        catch (Exception error)
        {
            Assert.Fail($"{mutation}, applied: {error}");
        }

        Assert.True(clock.Elapsed < Patience, $"{mutation}, applied, took {clock.Elapsed}.");
        return outcome;
    }

    private IEnumerable<byte[]> RealFiles()
    {
        foreach (var kind in Enum.GetValues<AutoencoderKind>())
        {
            yield return Saved(FittedPipeline.Of(Pipelines.Clustered(Pipelines.LaidOut(Pipelines.Encoded(kind))), Execution.Default));
        }

        var options = new UmapOptions { NeighborCount = 8, Dimension = 3, Epochs = 5, Metric = DistanceMetric.Cosine };
        yield return Saved(FittedPipeline.Of(Pipelines.LaidOut(Pipelines.Images(), options, RandomRows.Uniform(60, 3)), Execution.Default));
        yield return WithGraph(Saved(FittedPipeline.Of(Pipelines.Clustered(Pipelines.LaidOut(Pipelines.Images())), Execution.Default)));
        yield return Saved(FittedPipeline.Of(Pipelines.Clustered(Pipelines.Images()), Execution.Default));
        yield return Saved(FittedPipeline.Of(Pipelines.Centerd(Standardization.ZScore), Execution.Default));
        yield return Saved(FittedPipeline.Of(Pipelines.OfKind(CovarianceKind.Tied), Execution.Default));
        yield return Saved(FittedPipeline.Of(Pipelines.OfKind(CovarianceKind.Diagonal), Execution.Default));
        foreach (var learner in Pipelines.Learners)
        {
            yield return Saved(FittedPipeline.Of(Pipelines.Learned(learner), Execution.Default));
        }

        foreach (var clusterer in Pipelines.RowClusterers)
        {
            yield return Saved(FittedPipeline.Of(Pipelines.Grouped(clusterer), Execution.Default));
        }
    }

    /// <summary>Adds the graph that only many rows have.</summary>
    private byte[] WithGraph(byte[] saved)
    {
        var graph = NeighborIndex.Build(Pipelines.Images().GetRows(), new RowDistance(), 7, Execution.Default, exactLimit: 0).Graph!;
        var part = new ModelPartWriter("stage0");
        graph.Write(part);
        File.WriteAllBytes(FilePath, saved);
        RewrittenFile.Add(FilePath, part.Arrays);
        Assert.Contains("stage0.index.targets", SafetensorsFile.Open(FilePath, "Copy it again.").Sizes.Keys);
        return File.ReadAllBytes(FilePath);
    }

    private byte[] Saved(FittedPipeline pipeline)
    {
        pipeline.Save(FilePath);
        return File.ReadAllBytes(FilePath);
    }

    private static int CaseCount(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var count) ? count : otherwise;
}
