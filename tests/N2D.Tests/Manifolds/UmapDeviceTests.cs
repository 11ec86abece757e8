using N2D.Devices;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Tests.Autoencoders;

namespace N2D.Tests.Manifolds;

/// <summary>UMAP on a GPU, which is emulated on the processor.</summary>
public sealed class UmapDeviceTests
{
    private static readonly UmapOptions OnGpu = new() { NeighborCount = 6, Dimension = 2, Epochs = 5, Device = ComputeDevice.Cuda };

    [Fact]
    public void TheLayout_HasTheBytesOfTheProcessors_AndTheFitRecordsTheDevice()
    {
        using var gpu = EmulatedGpu.Start();
        var (first, second) = (RandomRows.Uniform(60, 4), RandomRows.Uniform(60, 4));
        var (onGpu, onProcessor) =
            (OnGpu.Fit(first, Execution.Default), (OnGpu with { Device = ComputeDevice.Cpu }).Fit(second, Execution.Default));
        Assert.Equal(("cuda:0", "cpu"), (onGpu.Device, onProcessor.Device));
        Assert.Equal(onProcessor.Layout.Values.ToArray(), onGpu.Layout.Values.ToArray());
        Assert.Equal(onProcessor.Settings, onGpu.Settings);
    }

    [Fact]
    public void ASecondFitOfTheSameRows_RecordsTheDeviceOfTheSearchItReuses()
    {
        using var gpu = EmulatedGpu.Start();
        var rows = RandomRows.Uniform(60, 4);
        Assert.Equal("cuda:0", OnGpu.Fit(rows, Execution.Default).Device);
        Assert.Equal("cuda:0", (OnGpu with { Device = ComputeDevice.Cpu, Seed = 1 }).Fit(rows, Execution.Default).Device);
    }

    [Fact]
    public void OtherLearners_GiveTheLayoutOfTheProcessor_AndRecordTheDevice()
    {
        using var gpu = EmulatedGpu.Start();
        NeighborManifoldOptions[] learners =
        [
            new TsneOptions { Perplexity = 5, Iterations = 20, Dimension = 2 },
            new IsomapOptions { NeighborCount = 6, Dimension = 2 },
            new LocallyLinearEmbeddingOptions { NeighborCount = 6, Dimension = 2 },
        ];
        Assert.All(learners, learner =>
        {
            var onGpu = (learner with { Device = ComputeDevice.Cuda }).Fit(RandomRows.Uniform(60, 4), Execution.Default);
            var onProcessor = learner.Fit(RandomRows.Uniform(60, 4), Execution.Default);
            Assert.Equal(("cuda:0", "cpu"), (onGpu.Device, onProcessor.Device));
            Assert.Equal(onProcessor.Layout.Values.ToArray(), onGpu.Layout.Values.ToArray());
        });
    }

    [Fact]
    public void DistinctRows_RecordTheDevice()
    {
        using var gpu = EmulatedGpu.Start();
        var rows = RandomRows.Uniform(40, 1).Select([.. Enumerable.Range(0, 60).Select(row => row % 40)]);
        Assert.Equal("cuda:0", (OnGpu with { Unique = true }).Fit(rows, Execution.Default).Device);
    }

    [NoGpuFact]
    public void WithoutAGpu_TheOptionsAreRefused_AndAutoIsTheProcessor()
    {
        var error = Assert.Throws<N2DException>(OnGpu.ThrowIfUnavailable);
        Assert.Equal(("DeviceUnavailable", ErrorKind.Unavailable, "cuda:0"), (error.Id, error.Kind, error.Target));
        Assert.Contains("Set Device to Cpu, or to Auto", error.Message, StringComparison.Ordinal);
        Assert.Equal("cpu", (OnGpu with { Device = ComputeDevice.Auto }).Fit(RandomRows.Uniform(30, 2), Execution.Default).Device);
    }

    [Fact]
    public void AnAppleGpu_IsRefused() => Assert.Contains(
        "NVIDIA GPUs only",
        Assert.Throws<N2DException>((OnGpu with { Device = ComputeDevice.Mps }).ThrowIfUnavailable).Message,
        StringComparison.Ordinal);

    [Fact]
    public void GivenNeighbors_AreLaidOutOnTheDevice_ButNeedNoneForOtherLearners()
    {
        using var gpu = EmulatedGpu.Start();
        var rows = RandomRows.Uniform(60, 2);
        var graph = NeighborSearch.Find(rows, 5, new RowDistance(), Execution.Default);
        var context = new ManifoldContext { Neighbors = GivenNeighbors.FromLists(graph.Indices.ToArray(), graph.AllDistances.ToArray(), 5) };
        Assert.Equal("cuda:0", OnGpu.Fit(rows, Execution.Default, context).Device);
        var isomap = new IsomapOptions { NeighborCount = 5, Dimension = 2, Device = ComputeDevice.Cuda };
        var error = Assert.Throws<N2DException>(() => isomap.Fit(rows, Execution.Default, context));
        Assert.Equal(("DeviceWithNeighbors", 2), (error.Id, error.Options.Count));
    }

    [Fact]
    public void TheLayoutOfDensities_RunsOnTheProcessor()
    {
        using var gpu = EmulatedGpu.Start();
        var details = new List<string>();
        var options = OnGpu with { DensityWeight = 1 };
        var onGpu = options.Fit(RandomRows.Uniform(60, 4), new Execution { Explain = details.Add });
        var onProcessor = (options with { Device = ComputeDevice.Cpu }).Fit(RandomRows.Uniform(60, 4), Execution.Default);
        Assert.Contains("Device of the layout: the processor, because there is no kernel for densities.", details);
        Assert.Equal(onProcessor.Layout.Values.ToArray(), onGpu.Layout.Values.ToArray());
    }

    [Fact]
    public void AnUpdate_OfAFitOnAGpu_UsesOneOnlyIfItIsWorthIt()
    {
        using var gpu = EmulatedGpu.Start();
        var (rows, added) = (RandomRows.Uniform(60, 4), RandomRows.Uniform(9, 4));
        var onGpu = OnGpu.Fit(rows, Execution.Default).Update(added, Execution.Default);
        var onProcessor = (OnGpu with { Device = ComputeDevice.Cpu }).Fit(rows, Execution.Default).Update(added, Execution.Default);
        Assert.Equal("cpu", onGpu.Device);
        Assert.Equal(onProcessor.Layout.Values.ToArray(), onGpu.Layout.Values.ToArray());
    }

    [Fact]
    public void ALayoutThatDoesNotFit_IsRefused_WithTheNumberOfRowsThatWould()
    {
        using var gpu = EmulatedGpu.Start(freeBytes: 60_000);
        var error = Assert.Throws<N2DException>(() => OnGpu.Fit(RandomRows.Uniform(500, 2), Execution.Default));
        Assert.Equal(("OutOfDeviceMemory", ErrorKind.OutOfResources), (error.Id, error.Kind));
        Assert.StartsWith("The layout of 500 rows and ", error.Message, StringComparison.Ordinal);
        Assert.Equal(["Device"], error.Options);
    }

    [Fact]
    public void UnderAuto_ALayoutThatDoesNotFit_BecomesAWarning_AndTheProcessors()
    {
        using var gpu = EmulatedGpu.Start(freeBytes: 60_000);
        var options = OnGpu with
        {
            Device = ComputeDevice.Auto,
            Epochs = 20,
            NegativeSampleRate = 64,
            Dimension = 500,
            Initialization = UmapInitialization.Random,
        };
        var warnings = new List<string>();
        var umap = options.Fit(RandomRows.Uniform(500, 2), new Execution { Warn = warnings.Add });
        Assert.Equal("cpu", umap.Device);
        Assert.StartsWith("The processor is used instead of cuda:0. The layout of 500 rows", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_TakesEffectBetweenEpochs_AndProgressNamesTheDevice()
    {
        using var gpu = EmulatedGpu.Start();
        using var cancellation = new CancellationTokenSource();
        var reports = new List<string>();
        var details = new List<string>();
        var execution = new Execution
        {
            Progress = new Stop(reports, cancellation),
            CancellationToken = cancellation.Token,
            Explain = details.Add,
        };
        Assert.ThrowsAny<OperationCanceledException>(() => OnGpu.Fit(RandomRows.Uniform(60, 2), execution));
        Assert.Equal("layout, epoch 3 of 5 on cuda:0", reports[^1]);
        Assert.Contains("Layout: 5 epochs on cuda:0.", details);
    }

    private sealed class Stop(List<string> reports, CancellationTokenSource cancellation) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            reports.Add(value.Status);
            if (value.Status.StartsWith("layout, epoch 3", StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        }
    }
}
