using System.Text.Json;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Neighbors;

public sealed class DistanceMetricTests
{
    private const int Count = 10;

    private static readonly JsonElement Expected = ExpectedValues.Load("distances.json");

    public static TheoryData<DistanceMetric> Metrics => [.. Enum.GetValues<DistanceMetric>()];

    [Fact]
    public void Expectations_CoverEveryMetric() =>
        Assert.Empty(Enum.GetValues<DistanceMetric>().Except(Cases(null).Select(expected => expected.Distance.Metric)));

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Distances_AreSciPys(DistanceMetric metric)
    {
        foreach (var (rows, distance, pairs) in Cases(metric))
        {
            var found = MetricActions.AllPairs(rows, distance);
            Assert.Equal(pairs.Length, found.Length);
            Assert.All(pairs.Zip(found), pair => AssertClose(pair.First, pair.Second));
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void ExactSearch_FindsTheNearestOfSciPysDistances(DistanceMetric metric)
    {
        foreach (var (rows, distance, pairs) in Cases(metric))
        {
            AssertNearest(rows, pairs, MetricActions.Exact(rows, Count, distance));
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void NeighborDescent_FindsTheNearestOfSciPysDistances(DistanceMetric metric)
    {
        // With so few rows, NN-descent compares all pairs.
        foreach (var (rows, distance, pairs) in Cases(metric))
        {
            AssertNearest(rows, pairs, MetricActions.Descent(rows, Count, distance));
        }
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Correlation)]
    [InlineData(DistanceMetric.Hellinger)]
    public void NearlyEqualRows_KeepTheirDistance(DistanceMetric metric)
    {
        // 3e-8 to 1e-4, where 1 - x.y in float32 is 0 or noise. Rows rounded to float32 leave their difference two digits.
        foreach (var (rows, distance, pairs) in Cases(metric))
        {
            Assert.InRange(MetricActions.AllPairs(rows, distance)[0] / pairs[0], 0.98, 1.02);
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void SameNeighbors_ForAnyThreadCount(DistanceMetric metric)
    {
        var rows = RandomRows.Uniform(1200, 11);
        var distance = new RowDistance { Metric = metric, MinkowskiPower = 3 };
        foreach (var search in new Func<int, NeighborGraph>[]
        {
            threads => MetricActions.Exact(rows, 15, distance, threads),
            threads => MetricActions.Descent(rows, 15, distance, threads),
        })
        {
            NeighborGraphs.AssertEqual(search(1), search(2));
            NeighborGraphs.AssertEqual(search(1), search(3));
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void NeighborDescent_FindsNearlyAllNeighbors(DistanceMetric metric)
    {
        // Metrics of equality need equal values. These cause many equal distances, which are hardest for NN-descent.
        var isHamming = metric == DistanceMetric.Hamming;
        var rows = Counts(4000, isHamming ? 30 : 10, decimals: isHamming ? 0 : 1);
        var distance = new RowDistance { Metric = metric, MinkowskiPower = 3 };
        var exact = MetricActions.Exact(rows, 15, distance);
        var found = MetricActions.Descent(rows, 15, distance);
        Assert.InRange(NeighborGraphs.ShareOfNearest(found, exact), 0.97, 1);
    }

    [Theory]
    [InlineData(1, DistanceMetric.Manhattan)]
    [InlineData(2, DistanceMetric.Euclidean)]
    [InlineData(double.PositiveInfinity, DistanceMetric.Chebyshev)]
    public void Minkowski_AtItsNamedPowers_IsTheNamedMetric(double power, DistanceMetric metric) =>
        Assert.Equal(
            new RowDistance { Metric = metric },
            new RowDistance { Metric = DistanceMetric.Minkowski, MinkowskiPower = power }.Simplified());

    [Theory]
    [InlineData(100)]
    [InlineData(1e300)]
    public void Minkowski_KeepsItsRange_AtLargePowers(double power)
    {
        // 1e-3^100 is far below the least float, 1e3^100 far above the largest.
        var rows = Matrix.Own([0, 0, 1e-3f, 1e-3f, 1e3f, 1e3f], 2);
        var distances = MetricActions.AllPairs(rows, new RowDistance { Metric = DistanceMetric.Minkowski, MinkowskiPower = power });
        Assert.Equal(1e-3 * Math.Pow(2, 1 / power), distances[0], 1e-8);
        Assert.Equal(1e3 * Math.Pow(2, 1 / power), distances[1], 1e-2);
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(double.NaN)]
    [InlineData(-2)]
    public void MinkowskiPower_BelowOne_IsRefused(double power) =>
        Assert.Equal("MinkowskiPowerOutOfRange", Assert.Throws<N2DException>(() => new RowDistance { MinkowskiPower = power }).Id);

    [Theory]
    [InlineData(DistanceMetric.Cosine, new float[] { 1, 2, 0, 0, 3, 1 }, 2, "Row 2 is all zeros")]
    [InlineData(DistanceMetric.Correlation, new float[] { 1, 2, 3, 2, 0.1f, 0.1f, 0.1f, 0.1f }, 4, "Row 2 is constant")]
    [InlineData(DistanceMetric.Hellinger, new float[] { 1, 2, 3, 4, 3, -1 }, 2, "Row 3 has a negative value")]
    [InlineData(DistanceMetric.Hellinger, new float[] { 0, 0, 3, 4, 3, 1 }, 2, "Row 1 is all zeros")]
    [InlineData(DistanceMetric.BrayCurtis, new float[] { 1, -2, -1, 2 }, 2, "Row 1 has fewer than 1 other row at a finite distance")]
    [InlineData(
        DistanceMetric.Euclidean,
        new float[] { 3e38f, 0, -3e38f, 0, 2e38f, 1 },
        2,
        "Row 2 has fewer than 1 other row at a finite distance")]
    public void RowsThatTheMetricIsNotDefinedFor_AreRefused(DistanceMetric metric, float[] values, int columnCount, string message)
    {
        var error = Assert.Throws<N2DException>(() =>
            NeighborSearch.Find(Matrix.Own(values, columnCount), 1, new RowDistance { Metric = metric }, Execution.Default));
        Assert.Equal(("UndefinedDistance", ErrorKind.InvalidData), (error.Id, error.Kind));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DistanceMetric.Canberra)]
    [InlineData(DistanceMetric.BrayCurtis)]
    [InlineData(DistanceMetric.Jaccard)]
    [InlineData(DistanceMetric.Hamming)]
    public void RowsOfZeros_AreZeroApart_WhereTheMetricSaysSo(DistanceMetric metric) =>
        Assert.Equal([0, 0, 0], MetricActions.AllPairs(Matrix.Own(new float[33], 11), new RowDistance { Metric = metric }));

    /// <summary>Rows of eight counts, a tenth of them 0: every metric is defined for them.</summary>
    private static Matrix Counts(int rowCount, int columnCount, int decimals)
    {
        var (blobs, _) = RandomRows.Blobs(rowCount, columnCount, 8, scale: 10);
        return Matrix.Own([.. blobs.Values.ToArray().Select(value => value < 1 ? 0 : MathF.Round(value, decimals))], columnCount);
    }

    private static IEnumerable<(Matrix Rows, RowDistance Distance, double[] Pairs)> Cases(DistanceMetric? metric) =>
        from set in Expected.EnumerateArray()
        from expected in set.GetProperty("distances").EnumerateArray()
        let distance = new RowDistance
        {
            Metric = Enum.Parse<DistanceMetric>(expected.GetProperty("metric").GetString()!),
            MinkowskiPower = expected.GetProperty("power").GetDouble(),
        }
        where metric is null || distance.Metric == metric
        select (set.GetProperty("rows")
            .ToMatrix(), distance, expected.GetProperty("pairs")
            .EnumerateArray()
            .Select(value => value.GetDouble())
            .ToArray());

    private static void AssertNearest(Matrix rows, double[] pairs, NeighborGraph graph)
    {
        for (var row = 0; row < rows.RowCount; row++)
        {
            var distances = Enumerable.Range(0, rows.RowCount)
                .Select(other => other == row ? double.NaN : pairs[PairIndex(row, other, rows.RowCount)])
                .ToArray();
            var nearest = distances.Where(distance => !double.IsNaN(distance)).Order().Take(Count).ToArray();
            Assert.Equal(Count, graph.Neighbors(row).ToArray().Distinct().Count());
            for (var rank = 0; rank < Count; rank++)
            {
                // Compares the distances of the neighbors, because neighbors at equal distances can be exchanged.
                AssertClose(nearest[rank], graph.Distances(row)[rank]);
                AssertClose(nearest[rank], distances[graph.Neighbors(row)[rank]]);
            }
        }
    }

    private static int PairIndex(int row, int other, int rowCount)
    {
        var (first, second) = (Math.Min(row, other), Math.Max(row, other));
        return (first * rowCount) - (first * (first + 1) / 2) + second - first - 1;
    }

    /// <summary>float32 sums of 27 terms against SciPy's in double.</summary>
    private static void AssertClose(double expected, double found) => Assert.Equal(expected, found, 1e-6 * Math.Max(1, expected));
}
