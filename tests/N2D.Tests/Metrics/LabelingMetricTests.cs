using System.Text.Json;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Metrics;

/// <summary>Accuracy, NMI, AMI and ARI against scikit-learn and scipy (Expected/metrics.py).</summary>
public sealed class LabelingMetricTests
{
    // The same sums in another order: some hundred roundings of 1e-16 each.
    private const double Rounding = 1e-9;

    private static readonly JsonElement[] Labelings = [.. ExpectedValues.Load("metrics.json").GetProperty("Labelings").EnumerateArray()];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Labelings.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Metrics_EqualScikitLearn(int index)
    {
        var expected = Labelings[index];
        var (classes, clusters) = Read(index);
        Assert.Equal(expected.GetProperty("Acc").GetDouble(), ClusteringAccuracy.Compute(classes, clusters).Value, Rounding);
        Assert.Equal(expected.GetProperty("Nmi").GetDouble(), NormalizedMutualInformation.Compute(classes, clusters), Rounding);
        Assert.Equal(
            expected.GetProperty("GeometricNmi").GetDouble(),
            NormalizedMutualInformation.Compute(classes, clusters, NmiAverage.Geometric),
            Rounding);
        Assert.Equal(expected.GetProperty("Ari").GetDouble(), AdjustedRandIndex.Compute(classes, clusters), Rounding);
        if (classes.Distinct().Count() < classes.Length)
        {
            Assert.Equal(expected.GetProperty("Ami").GetDouble(), AdjustedMutualInformation.Compute(classes, clusters), Rounding);
        }
    }

    /// <summary>Chance also reaches 1 there, so the definition is 0 / 0. scikit-learn 1.2.1 returns 0.</summary>
    [Fact]
    public void AdjustedMutualInformation_OfEqualPartitionsIntoSingleRows_IsOne() =>
        Assert.Equal(1, AdjustedMutualInformation.Compute([0, 1, 2, 3], [3, 2, 1, 0]));

    /// <summary>
    /// sklearn.metrics 1.2.1: adjusted_mutual_info_score(a * 110, b * 110), with a and b of its own tests. Its factorials come from
    /// logarithms of the gamma function, which lose digits for many rows.
    /// </summary>
    [Fact]
    public void AdjustedMutualInformation_OfManyRows_EqualsScikitLearn()
    {
        int[] classes = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3];
        int[] clusters = [1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 1, 3, 3, 3, 2, 2];
        Assert.Equal(0.27820964657269803, AdjustedMutualInformation.Compute(classes, clusters), 1e-14);
        Assert.Equal(0.3777351644367515, AdjustedMutualInformation.Compute(Repeat(classes, 110), Repeat(clusters, 110)), 1e-11);

        // The information of chance goes to 0 as rows are added, so AMI goes to NMI.
        Assert.Equal(
            NormalizedMutualInformation.Compute(classes, clusters),
            AdjustedMutualInformation.Compute(Repeat(classes, 1_000_000 / 17), Repeat(clusters, 1_000_000 / 17)),
            1e-5);
    }

    private static int[] Repeat(int[] labels, int times) => [.. Enumerable.Repeat(labels, times).SelectMany(copy => copy)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void OtherNumbersAndOtherOrder_SameMetrics(int index)
    {
        var (classes, clusters) = Read(index);
        var order = Enumerable.Range(0, classes.Length).ToArray();
        new RandomSequence(index, RandomPurpose.Shuffle).Shuffle<int>(order);
        int[] shuffledClasses = [.. order.Select(row => classes[row])];
        int[] renumbered = [.. order.Select(row => 1000 - (7 * clusters[row]))];
        Assert.Equal(ClusteringAccuracy.Compute(classes, clusters).Value, ClusteringAccuracy.Compute(shuffledClasses, renumbered).Value);
        Assert.Equal(
            NormalizedMutualInformation.Compute(classes, clusters),
            NormalizedMutualInformation.Compute(shuffledClasses, renumbered),
            1e-12);
        Assert.Equal(AdjustedRandIndex.Compute(classes, clusters), AdjustedRandIndex.Compute(shuffledClasses, renumbered));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Mapping_GivesTheAccuracy_AndUsesNoClassTwice(int index)
    {
        var (classes, clusters) = Read(index);
        var accuracy = ClusteringAccuracy.Compute(classes, clusters);
        var mapping = accuracy.GetClassMapping();
        var hits = classes.Zip(clusters).Count(pair => mapping.TryGetValue(pair.Second, out var matched) && matched == pair.First);
        Assert.Equal(accuracy.Value, (double)hits / classes.Length);
        Assert.Equal(mapping.Count, mapping.Values.Distinct().Count());
        Assert.Equal(Math.Min(classes.Distinct().Count(), clusters.Distinct().Count()), mapping.Count);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(3, 6)]
    [InlineData(6, 3)]
    public void Assignment_IsTheBestOfAll(int rowCount, int columnCount)
    {
        for (var trial = 0; trial < 20; trial++)
        {
            var random = new RandomSequence(trial, RandomPurpose.Sampling);
            var table = new double[rowCount, columnCount];
            for (var cell = 0; cell < table.Length; cell++)
            {
                table[cell / columnCount, cell % columnCount] = random.NextInt32(20);
            }

            var columns = OptimalAssignment.Maximize(rowCount, columnCount, (row, column) => table[row, column]);
            var value = columns.Select((column, row) => column < 0 ? 0 : table[row, column]).Sum();
            Assert.Equal(BestByTrial(table, 0, new bool[columnCount], rowCount - columnCount), value);
        }
    }

    [Fact]
    public void ACanceledAssignment_EndsWithinAPassOverTheColumns()
    {
        const int Count = 100;
        using var cancellation = new CancellationTokenSource();
        var readCount = 0;
        Assert.Throws<OperationCanceledException>(() => OptimalAssignment.Maximize(
            Count, Count,
            (row, column) =>
            {
                if (++readCount == 5000)
                {
                    cancellation.Cancel();
                }

                return row * column % 17;
            },
            cancellation.Token));
        Assert.InRange(readCount, 5000, 5000 + Count);
    }

    [Fact]
    public void EqualPartitions_HaveAnNmiOfOne_AndNoMore()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Sampling);
            var labels = new int[5 + random.NextInt32(60)];
            foreach (ref var label in labels.AsSpan())
            {
                label = random.NextInt32(7);
            }

            Assert.InRange(NormalizedMutualInformation.Compute(labels, labels), 1 - 1e-12, 1);
            Assert.InRange(NormalizedMutualInformation.Compute(labels, labels, NmiAverage.Geometric), 1 - 1e-12, 1);
        }
    }

    [Fact]
    public void LargeSet_DoesNotOverflow()
    {
        // n squared times n squared exceeds 64 bits from 55,000 rows on.
        int[] classes = [.. Enumerable.Range(0, 400_000).Select(row => row % 2)];
        int[] clusters = [.. classes.Select((label, row) => row % 100 == 0 ? 1 - label : label)];

        // Two halves of which one row in a hundred errs, so that 0.9801 + 0.0001 - ... of the pairs agree: (1 - 2 * 0.01)^2.
        Assert.Equal(0.9604, AdjustedRandIndex.Compute(classes, clusters), 1e-4);
    }

    [Fact]
    public void LabelingsOfDifferentLength_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new ContingencyTable([1, 2, 3], [1, 2]));

    [Fact]
    public void AConstantLabeling_TellsExactlyNothingOfAnyOther()
    {
        // sklearn.metrics.normalized_mutual_info_score([0, 0], [0, 0]) is 1.0 in scikit-learn 1.2.1, and 0.0 where one of two is constant.
        for (var count = 2; count < 400; count++)
        {
            int[] split = [.. Enumerable.Range(0, count).Select(row => row * row % 7)];
            var constant = new int[count];
            Assert.Equal(0, NormalizedMutualInformation.Compute(split, constant));
            Assert.Equal(0, NormalizedMutualInformation.Compute(constant, split, NmiAverage.Geometric));
            Assert.Equal(1, NormalizedMutualInformation.Compute(constant, constant));
        }
    }

    private static (int[] Classes, int[] Clusters) Read(int index) =>
        (Integers(Labelings[index].GetProperty("Classes")), Integers(Labelings[index].GetProperty("Clusters")));

    private static int[] Integers(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetInt32())];

    private static double BestByTrial(double[,] table, int row, bool[] used, int rowsToSkip)
    {
        if (row == table.GetLength(0))
        {
            return 0;
        }

        var best = rowsToSkip > 0 ? BestByTrial(table, row + 1, used, rowsToSkip - 1) : double.NegativeInfinity;
        for (var column = 0; column < used.Length; column++)
        {
            if (!used[column])
            {
                used[column] = true;
                best = Math.Max(best, table[row, column] + BestByTrial(table, row + 1, used, rowsToSkip));
                used[column] = false;
            }
        }

        return best;
    }
}
