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
/// Real model files with some changed bytes. Each case ends in a loaded model or an error for damaged files, and does not allocate memory
/// for data that the file lacks. A loaded model is applied to rows, and returns clusters or an error. <c>./build.ps1 -Task Fuzz</c> runs a
/// hundred thousand cases.
/// </summary>
[Collection(TorchCollection.Name)]
public sealed class ModelFuzzTests : IDisposable
{
    private const int DefaultCases = 2000;
    private const int FlippedBits = 1000;

    /// <summary>The files have tens of kilobytes: the header, its parsed text, and the arrays.</summary>
    private const long MostBytes = 16 << 20;

    /// <summary>Cancels a case that does not end, which then fails. Cases take milliseconds.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(2);

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
        // The digests would detect every change, so the cases have none.
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

        _output.WriteLine(
            $"Seed {seed}: "
                + $"{string.Join(", ", outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}"))}.");

        // Some mutations pass the first check, and some leave the file readable.
        Assert.True(
            outcomes.ContainsKey("loaded") && outcomes.ContainsKey("CorruptSafetensors") && outcomes.ContainsKey("CorruptModel"),
            string.Join(", ", outcomes));
    }

    [Fact]
    public void AFlippedBit_IsRefused_OrHarmless()
    {
        foreach (var file in new[] { Saved(FittedPipeline.Of(Pipelines.Centered(Standardization.ZScore), Execution.Default)),
        RealFiles().First() })
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

            // A flipped bit is harmless in the name of the header's digest.
            Assert.InRange(loaded, 0, FlippedBits / 50);
        }
    }

    private string Load(FileMutation mutation, out FittedPipeline? pipeline)
    {
        pipeline = null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var deadline = new CancellationTokenSource(HangLimit);
        var execution = new Execution { CancellationToken = deadline.Token };
        var outcome = "loaded";
        try
        {
            pipeline = FittedPipeline.Load(FilePath, execution);
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

        Assert.True(
            GC.GetAllocatedBytesForCurrentThread() - before < MostBytes,
            $"{mutation} took {GC.GetAllocatedBytesForCurrentThread() - before} bytes.");
        return outcome;
    }

    /// <summary>Applies a loaded model to rows. Its values may differ from those that any fit produces.</summary>
    private string Apply(FileMutation mutation, FittedPipeline pipeline)
    {
        using var deadline = new CancellationTokenSource(HangLimit);
        var execution = new Execution { CancellationToken = deadline.Token };
        var outcome = "applied";
        var rows = pipeline.Document.Data.IsGrouped ? InGroups(_rows) : _rows;
        try
        {
            if (pipeline.GetClusterer() is null)
            {
                pipeline.Transform(rows, execution);
            }
            else
            {
                pipeline.Score(rows, execution);
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
        yield return Saved(FittedPipeline.Of(Pipelines.Centered(Standardization.ZScore), Execution.Default));
        yield return Saved(FittedPipeline.Of(
            Pipelines.Clustered(GroupStandardizer.Apply(InGroups(Pipelines.Images()), Standardization.ZScore, Execution.Default)),
            Execution.Default));
        yield return Saved(FittedPipeline.Of(Pipelines.OfKind(CovarianceKind.Tied), Execution.Default));
        yield return Saved(FittedPipeline.Of(Pipelines.OfKind(CovarianceKind.Diagonal), Execution.Default));
        yield return Saved(FittedPipeline.Of(Pipelines.Classified(isImage: true), Execution.Default));
        yield return Saved(FittedPipeline.Of(Pipelines.Classified(isImage: false), Execution.Default));
        foreach (var learner in Pipelines.Learners)
        {
            yield return Saved(FittedPipeline.Of(Pipelines.Learned(learner), Execution.Default));
        }

        foreach (var clusterer in Pipelines.RowClusterers)
        {
            yield return Saved(FittedPipeline.Of(Pipelines.Grouped(clusterer), Execution.Default));
        }
    }

    private static Dataset InGroups(Dataset rows) =>
        rows.WithGroups("person", [.. Enumerable.Range(0, rows.RowCount).Select(row => $"p{row % 5}")]);

    /// <summary>Adds the search graph that only large fits have.</summary>
    private byte[] WithGraph(byte[] saved)
    {
        var graph = NeighborIndex.Build(Pipelines.Images().GetRows(), new RowDistance(), 7, Execution.Default, exactLimit: 0).Graph!;
        var part = new ModelPartWriter("stage0", Execution.Default);
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
