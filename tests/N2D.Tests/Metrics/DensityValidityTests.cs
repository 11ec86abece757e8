using System.Text.Json;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Metrics;

/// <summary>Density-based clustering validation against the formula in numpy (Expected/dbcv.py), and its properties.</summary>
public sealed class DensityValidityTests
{
    // Sums of up to 784 powers of distances, in another order.
    private const double Rounding = 1e-9;

    private static readonly Dictionary<string, JsonElement> Cases =
        ExpectedValues.Load("dbcv.json").EnumerateArray().ToDictionary(one => one.GetProperty("Name").GetString()!);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Index_EqualsTheFormulaInNumpy(string name)
    {
        var (rows, clusters) = CaseOf(name);
        var actual = DensityValidity.Compute(rows, clusters, 0, Execution.Default, noise: -1)!.Value;
        Assert.Equal(Cases[name].GetProperty("Dbcv").GetDouble(), actual, Rounding);
        Assert.InRange(actual, -1, 1);
        Assert.Equal(actual, DensityValidity.Compute(rows, clusters, 0, Execution.Default with { ThreadCount = 1 }, noise: -1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Index_DoesNotDependOnTheOrderOfTheRows(string name)
    {
        var (rows, clusters) = CaseOf(name);
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        new Random(1).Shuffle(order);
        Assert.Equal(
            DensityValidity.Compute(rows, clusters, 0, Execution.Default, noise: -1),
            DensityValidity.Compute(rows.Select(order), Array.ConvertAll(order, row => clusters[row]), 0, Execution.Default, noise: -1));
    }

    [Theory]
    [InlineData("separate", 1e4F)]
    [InlineData("moons", 0.25F)]
    [InlineData("five columns", 1000F)]
    public void Index_DoesNotDependOnTheUnit_NorOnTheNumbersOfTheClusters(string name, float unit)
    {
        var (rows, clusters) = CaseOf(name);
        var scaled = Matrix.Own(Array.ConvertAll(rows.Values.ToArray(), value => value * unit), rows.ColumnCount);
        int[] renumbered = Array.ConvertAll(clusters, cluster => cluster < 0 ? cluster : 40 - (3 * cluster));

        // Scaled values are rounded to float32, by up to 6e-8 of the values, which are up to 20 times the distances.
        Assert.Equal(
            DensityValidity.Compute(rows, clusters, 0, Execution.Default, noise: -1)!.Value,
            DensityValidity.Compute(scaled, renumbered, 0, Execution.Default, noise: -1)!.Value,
            1e-5);
    }

    [Fact]
    public void SeparateClusters_ScoreHigherThanOverlappedOnes_AndMoonsHigherThanTheirHalves()
    {
        Assert.True(ValueOf("separate") > 0.5);
        Assert.True(ValueOf("noise") < ValueOf("separate"));
        Assert.True(ValueOf("overlapped") < 0);
        Assert.True(ValueOf("moons") > 0);
        Assert.True(ValueOf("moons cut") < 0);
        var (rows, moons) = CaseOf("moons");
        var halves = CaseOf("moons cut").Clusters;
        Assert.True(
            Silhouette.Compute(rows, halves, 0, Execution.Default) > Silhouette.Compute(rows, moons, 0, Execution.Default),
            "The silhouette prefers the halves, which are rounder.");
    }

    [Fact]
    public void Index_NeedsTwoClustersOfSeveralRows_AndAtMostAThousand()
    {
        var (rows, clusters) = CaseOf("separate");
        Assert.Null(DensityValidity.Compute(rows, new int[clusters.Length], 0, Execution.Default));
        Assert.Null(DensityValidity.Compute(rows, [.. Enumerable.Range(0, clusters.Length)], 0, Execution.Default));
        Assert.Null(DensityValidity.Compute(rows, Array.ConvertAll(clusters, _ => -1), 0, Execution.Default, noise: -1));
        var many = new float[2 * (DensityValidity.MaximumClusterCount + 1)];
        int[] pairs = [.. Enumerable.Range(0, many.Length).Select(row => row / 2)];
        Assert.Null(DensityValidity.Compute(Matrix.Own(many, 1), pairs, 0, Execution.Default));
        Assert.NotNull(DensityValidity.Compute(Matrix.Own(many[2..], 1), pairs.AsSpan(2), 0, Execution.Default));
    }

    [Fact]
    public void SmallClusters_StayComplete_WhenLargeOnesAreSampled()
    {
        // Two rows far from 13,000 others: a sample of all rows would leave out at least one of them, and with it the cluster.
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var values = new float[DensityValidity.SampleSize + 3_000];
        var clusters = new int[values.Length];
        for (var row = 2; row < values.Length; row++)
        {
            values[row] = (float)random.NextGaussian();
        }

        (values[0], values[1], clusters[0], clusters[1]) = (1_000, 1_001, 1, 1);
        var rows = Matrix.Own(values, 1);
        var first = DensityValidity.Compute(rows, clusters, 0, Execution.Default)!.Value;
        Assert.InRange(first, 0.9, 1);
        Assert.NotEqual(first, DensityValidity.Compute(rows, clusters, 1, Execution.Default));
    }

    [Theory]
    [InlineData(20, -0.05, 0.05)]
    [InlineData(5, 0.02, 0.35)]
    public void Index_OfSamples_IsTooHigh_WhereClustersTouch(int distance, double least, double most)
    {
        const int Count = 4000;
        var (rows, clusters) = Blobs(Count, distance);
        double IndexOf(int sampleSize, int threadCount) =>
            DensityValidity.Compute(rows, clusters, 0, new Execution { ThreadCount = threadCount }, null, sampleSize)!.Value;

        var sampled = IndexOf(Count / 4, 1);
        Assert.InRange(sampled - IndexOf(Count, 2), least, most);
        Assert.Equal(sampled, IndexOf(Count / 4, 2));
    }

    [Fact]
    public void ACanceledComputation_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var (rows, clusters) = CaseOf("separate");
        Assert.ThrowsAny<OperationCanceledException>(() =>
            DensityValidity.Compute(rows, clusters, 0, Execution.Default with { CancellationToken = source.Token }));
    }

    /// <summary>Two clusters of Gaussian rows whose means are some standard deviations apart in both columns.</summary>
    private static (Matrix Rows, int[] Clusters) Blobs(int rowCount, int distance)
    {
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var values = new float[2 * rowCount];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = (float)random.NextGaussian() + (index / 2 % 2 * distance);
        }

        return (Matrix.Own(values, 2), [.. Enumerable.Range(0, rowCount).Select(row => row % 2)]);
    }

    private static double ValueOf(string name)
    {
        var (rows, clusters) = CaseOf(name);
        return DensityValidity.Compute(rows, clusters, 0, Execution.Default, noise: -1)!.Value;
    }

    private static (Matrix Rows, int[] Clusters) CaseOf(string name) => (
        Matrix.Own(
            [.. Cases[name].GetProperty("Rows").EnumerateArray().Select(value => value.GetSingle())],
            Cases[name].GetProperty("Dimension").GetInt32()),
        [.. Cases[name].GetProperty("Clusters").EnumerateArray().Select(value => value.GetInt32())]);
}
