using N2D.Clustering;
using N2D.Devices;
using N2D.Numerics;
using N2D.Tests.Autoencoders;

namespace N2D.Tests.Clustering;

/// <summary>k-means on a GPU, which is emulated on the processor.</summary>
public sealed class KMeansDeviceTests
{
    private static readonly KMeansOptions OnGpu = new(4) { StartCount = 2, Device = ComputeDevice.Cuda };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheFit_IsTheProcessors_AndIsTheSameInEachRun(bool isWeighted)
    {
        using var gpu = EmulatedGpu.Start();
        var rows = RandomRows.Uniform(300, 5);
        double[]? weights = isWeighted ? [.. Enumerable.Range(0, 300).Select(row => row % 3.0)] : null;
        var onGpu = KMeans.Fit(rows, OnGpu, Execution.Default, weights);
        var again = KMeans.Fit(rows, OnGpu, Execution.Default, weights);
        var onProcessor = KMeans.Fit(rows, OnGpu with { Device = ComputeDevice.Cpu }, Execution.Default, weights);
        Assert.Equal(("cuda:0", "cpu"), (onGpu.Device, onProcessor.Device));
        Assert.Equal(Labels(onProcessor, rows), Labels(onGpu, rows));
        Assert.Equal(onProcessor.Inertia, onGpu.Inertia, onProcessor.Inertia * 1e-6);
        Assert.Equal(onProcessor.Settings, onGpu.Settings);
        for (var cluster = 0; cluster < 4; cluster++)
        {
            Assert.Equal(onGpu.GetCenter(cluster), again.GetCenter(cluster));
        }
    }

    [Fact]
    public void EmptyClusters_AreTreatedAsOnTheProcessor()
    {
        using var gpu = EmulatedGpu.Start();
        var rows = RandomRows.Uniform(100, 1);
        var options = OnGpu with { InitialCenters = Matrix.Own([0.1f, 0.9f, 50, 60], 1) };
        var onProcessor = KMeans.Fit(rows, options with { Device = ComputeDevice.Cpu }, Execution.Default);
        Assert.Equal(Labels(onProcessor, rows), Labels(KMeans.Fit(rows, options, Execution.Default), rows));
    }

    [Fact]
    public void RowsThatDoNotFit_AreRefused()
    {
        using var gpu = EmulatedGpu.Start(freeBytes: 1000);
        var error = Assert.Throws<N2DException>(() => KMeans.Fit(RandomRows.Uniform(300, 5), OnGpu, Execution.Default));
        Assert.Equal(("OutOfDeviceMemory", ErrorKind.OutOfResources), (error.Id, error.Kind));
        Assert.StartsWith("300 rows and 4 clusters of k-means need ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnderAuto_RowsThatDoNotFit_BecomeAWarning_AndTheProcessors()
    {
        using var gpu = EmulatedGpu.Start(freeBytes: 1000);
        var warnings = new List<string>();
        var options = new KMeansOptions(500) { StartCount = 1, MaxIterations = 1, Device = ComputeDevice.Auto };
        var fitted = KMeans.Fit(RandomRows.Uniform(10_000, 100), options, new Execution { Warn = warnings.Add });
        Assert.Equal("cpu", fitted.Device);
        Assert.StartsWith("The processor is used instead of cuda:0. 10000 rows", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [NoGpuFact]
    public void WithoutAGpu_TheOptionsAreRefused_AndAutoIsTheProcessor()
    {
        Assert.Equal("DeviceUnavailable", Assert.Throws<N2DException>(OnGpu.ThrowIfUnavailable).Id);
        var options = OnGpu with { Device = ComputeDevice.Auto };
        Assert.Equal("cpu", KMeans.Fit(RandomRows.Uniform(30, 2), options, Execution.Default).Device);
    }

    private static int[] Labels(KMeans fitted, Matrix rows) => [.. fitted.Predict(rows, Execution.Default).Assignments];
}
