using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Tests.Neighbors;

/// <summary>The search for neighbors on a GPU, which is emulated on the processor.</summary>
public sealed class GpuNeighborsTests
{
    public static TheoryData<DistanceMetric> Metrics => [.. Enum.GetValues<DistanceMetric>().Where(IsSupported)];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Neighbors_AreThoseOfTheProcessor_ToTheLastBit(DistanceMetric metric)
    {
        // Many equal distances, whose order counts; more columns than a step of the kernel; and a last tile that is not full.
        var rows = Rounded(RandomRows.Uniform(61, 19));
        AssertSameAsOnTheProcessor(rows, 7, new RowDistance { Metric = metric });
    }

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(4, 16, 3)]
    [InlineData(33, 2, 32)]
    [InlineData(70, 33, 1)]
    public void AnyShape_GivesTheNeighborsOfTheProcessor(int rowCount, int columnCount, int neighborCount) =>
        AssertSameAsOnTheProcessor(RandomRows.Uniform(rowCount, columnCount), neighborCount, new RowDistance());

    [Fact]
    public void GroupsOfThreadsAsOnGpus_GiveTheNeighborsOfTheProcessor()
    {
        using var gpu = EmulatedGpu.Start(hasLargeTiles: true);
        AssertSame(RandomRows.Uniform(70, 5), 6, new RowDistance());
    }

    [Fact]
    public void ManyBlocksOfQueries_GiveTheNeighborsOfTheProcessor()
    {
        // The lists of 12 queries fit beside the rows.
        using var gpu = EmulatedGpu.Start(freeBytes: (long)(((60 * 3 * 4) + (12 * 5 * 2 * 8)) / 0.9) + 8);
        AssertSame(RandomRows.Uniform(57, 3), 5, new RowDistance());
    }

    [Fact]
    public void RowsThatDoNotFit_AreRefused_WithTheNumberThatWould()
    {
        using var gpu = EmulatedGpu.Start(freeBytes: 10_000);
        var error = Assert.Throws<N2DException>(() => Find(RandomRows.Uniform(2000, 10), 5, new RowDistance()));
        Assert.Equal(("OutOfDeviceMemory", ErrorKind.OutOfResources), (error.Id, error.Kind));
        Assert.Contains("cuda:0 has 0 MB free. At most about 217 rows would fit.", error.Message, StringComparison.Ordinal);
        Assert.Equal(["Device"], error.Options);
    }

    [Fact]
    public void UnderAuto_AGpuThatIsTooSmall_BecomesAWarning_AndTheProcessor()
    {
        using var gpu = EmulatedGpu.Start(freeBytes: 10_000);
        var warnings = new List<string>();
        var rows = RandomRows.Uniform(40_000, 10);
        var found = NeighborSearch.FindOn(ComputeDevice.Auto, rows, 2, new RowDistance(), new Execution { Warn = warnings.Add });
        Assert.Equal((ComputeDevice.Cpu, true), (found.Device, found.IsExact));
        Assert.StartsWith("The processor is used instead of cuda:0. The neighbors of 40000 rows", Assert.Single(warnings));
    }

    [Fact]
    public void UnderAuto_WhatTheProcessorApproximated_IsReused_IfTheGpuFailsAgain()
    {
        // Just beyond the limit of exact search on the processor.
        using var gpu = EmulatedGpu.Start(freeBytes: 10_000);
        var rows = RandomRows.Uniform(40_000, 100);
        var graph = MetricActions.Exact(RandomRows.Uniform(40, 2), 3, new RowDistance());
        NeighborCache.Of(rows).Keep(new RowDistance().Simplified(), new FoundNeighbors(graph, IsExact: false, Seconds: 1));
        var (warnings, details) = (new List<string>(), new List<string>());
        var execution = new Execution { Warn = warnings.Add, Explain = details.Add };
        var found = NeighborSearch.FindOn(ComputeDevice.Auto, rows, 3, new RowDistance(), execution);
        Assert.Same(graph, found.Graph);
        Assert.Equal((ComputeDevice.Cpu, false), (found.Device, found.IsExact));
        Assert.StartsWith("The processor is used instead of cuda:0.", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.StartsWith("Neighbors: reused", details[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean, "the search takes less than about a second there")]
    [InlineData(DistanceMetric.Minkowski, "there is no kernel for the Minkowski (p = 3) metric")]
    public void UnderAuto_WhatSuitsTheProcessor_RunsThere(DistanceMetric metric, string reason)
    {
        using var gpu = EmulatedGpu.Start();
        var details = new List<string>();
        var distance = new RowDistance { Metric = metric, MinkowskiPower = 3 };
        var execution = new Execution { Explain = details.Add };
        Assert.Equal(ComputeDevice.Cpu, NeighborSearch.FindOn(ComputeDevice.Auto, RandomRows.Uniform(50, 2), 2, distance, execution).Device);
        Assert.Equal($"Device: the processor, because {reason}.", details[0]);
    }

    [Fact]
    public void AMetricWithoutKernel_IsRefused()
    {
        using var gpu = EmulatedGpu.Start();
        var distance = new RowDistance { Metric = DistanceMetric.Minkowski, MinkowskiPower = 3 };
        Assert.Equal("MetricNotOnDevice", Assert.Throws<N2DException>(() => Find(RandomRows.Uniform(9, 2), 2, distance)).Id);
        Assert.Equal(ComputeDevice.Cuda, Find(RandomRows.Uniform(9, 2), 2, distance with { MinkowskiPower = 1 }).Device);
    }

    [Fact]
    public void Cancellation_TakesEffect()
    {
        using var gpu = EmulatedGpu.Start();
        var execution = new Execution { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(
            () => NeighborSearch.FindOn(ComputeDevice.Cuda, RandomRows.Uniform(50, 2), 2, new RowDistance(), execution));
    }

    [Fact]
    public void Progress_NamesTheDevice_AndReachesTheEnd()
    {
        using var gpu = EmulatedGpu.Start();
        var reports = new List<StageProgress>();
        var execution = new Execution { Progress = new Reports(reports) };
        NeighborSearch.FindOn(ComputeDevice.Cuda, RandomRows.Uniform(50, 2), 2, new RowDistance(), execution);
        Assert.Equal(new StageProgress("neighbors of 50 of 50 rows on cuda:0", 1), reports[^1]);
    }

    [Fact]
    public void WhatNeighborDescentFound_DoesNotServeAGpu()
    {
        using var gpu = EmulatedGpu.Start();
        var rows = RandomRows.Uniform(40, 2);
        var approximate = new FoundNeighbors(MetricActions.Exact(rows, 3, new RowDistance()), IsExact: false, Seconds: 1);
        NeighborCache.Of(rows).Keep(new RowDistance().Simplified(), approximate);
        Assert.True(Find(rows, 3, new RowDistance()).IsExact);
    }

    private static bool IsSupported(DistanceMetric metric) => metric != DistanceMetric.Minkowski;

    private static void AssertSameAsOnTheProcessor(Matrix rows, int neighborCount, RowDistance distance)
    {
        using var gpu = EmulatedGpu.Start();
        AssertSame(rows, neighborCount, distance);
    }

    private static void AssertSame(Matrix rows, int neighborCount, RowDistance distance)
    {
        var found = Find(rows, neighborCount, distance);
        var expected = MetricActions.Exact(rows, neighborCount, distance);
        Assert.Equal((ComputeDevice.Cuda, true), (found.Device, found.IsExact));
        Assert.Equal(expected.Indices.ToArray(), found.Graph.Indices.ToArray());
        Assert.Equal(expected.AllDistances.ToArray(), found.Graph.AllDistances.ToArray());
    }

    private static FoundNeighbors Find(Matrix rows, int neighborCount, RowDistance distance) =>
        NeighborSearch.FindOn(ComputeDevice.Cuda, rows, neighborCount, distance, Execution.Default);

    /// <summary>Values of few kinds, none of which is 0 in a whole row.</summary>
    private static Matrix Rounded(Matrix rows) =>
        Matrix.Own(Array.ConvertAll(rows.Values.ToArray(), value => MathF.Floor(4 * value) / 4), rows.ColumnCount);

    private sealed class Reports(List<StageProgress> all) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => all.Add(value);
    }
}
