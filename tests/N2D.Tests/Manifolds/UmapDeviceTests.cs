using N2D.Devices;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Tests.Autoencoders;

namespace N2D.Tests.Manifolds;

/// <summary>UMAP whose neighbors a GPU searches, which is emulated on the processor.</summary>
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
    public void GivenNeighbors_NeedNoDevice()
    {
        using var gpu = EmulatedGpu.Start();
        var rows = RandomRows.Uniform(30, 2);
        var graph = NeighborSearch.Find(rows, 5, new RowDistance(), Execution.Default);
        var context = new ManifoldContext { Neighbors = GivenNeighbors.FromLists(graph.Indices.ToArray(), graph.AllDistances.ToArray(), 5) };
        var error = Assert.Throws<N2DException>(() => OnGpu.Fit(rows, Execution.Default, context));
        Assert.Equal(("DeviceWithNeighbors", 2), (error.Id, error.Options.Count));
    }
}
