using N2D.Clustering;
using N2D.Numerics;

namespace N2D.Tests.Clustering;

/// <summary>The number of clusters that mixtures choose by the stability of clusters, or by the eigengap.</summary>
public sealed class StabilityChoiceTests
{
    [Theory]
    [InlineData(new[] { 0, 0, 0, 1, 1, 1 }, new[] { 1, 1, 1, 0, 0, 0 }, 1)]
    [InlineData(new[] { 0, 0, 0, 0, 1, 1 }, new[] { 0, 0, 1, 1, 1, 1 }, 2.0 / 6)]
    [InlineData(new[] { 0, 0, 0, 0, 1, 1 }, new[] { 0, 0, 0, 1, 0, 1 }, 0)]
    [InlineData(new[] { 0, 0, 0, 0, 0, 1 }, new[] { 0, 0, 0, 0, 0, 1 }, 0)]
    public void Strength_IsTheShareOfJoinedPairsOfTheWeakestCluster(int[] clusters, int[] predicted, double expected) =>
        Assert.Equal(expected, PredictionStrength.OfWeakest(clusters, predicted, 2), 1e-12);

    [Theory]
    [InlineData(ClusterCountCriterion.Stability, 3)]
    [InlineData(ClusterCountCriterion.Stability, 5)]
    [InlineData(ClusterCountCriterion.Eigengap, 3)]
    [InlineData(ClusterCountCriterion.Eigengap, 5)]
    public void SeparateGroups_AreCounted(ClusterCountCriterion criterion, int count)
    {
        var (rows, _) = RandomRows.Blobs(400, 4, count, scale: 30, seed: count);
        var mixture = Choose(rows, criterion);
        var curve = mixture.GetClusterCountCurve();
        Assert.Equal(count, mixture.ClusterCount);
        Assert.Equal(Enumerable.Range(1, 8), curve.Select(point => point.ClusterCount));
        Assert.All(curve, point => Assert.Equal(criterion.ToString(), point.Criterion));
        Assert.All(curve, point => Assert.InRange(point.Score, 0, 1));
        Assert.Equal(count, Assert.Single(curve, point => point.IsChosen).ClusterCount);

        // The result equals a fit with the chosen number.
        Assert.Equal(GaussianMixture.Fit(rows, Options(count, count, criterion), Execution.Default).Bic, mixture.Bic);
        Assert.Contains($"ClusterCountCriterion={criterion}", mixture.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public void Stability_OfOneGroup_IsThatOfOneCluster_WithAWarning()
    {
        var warnings = new List<string>();
        var mixture = Choose(RandomRows.Uniform(400, 5), ClusterCountCriterion.Stability, warnings.Add);
        Assert.Equal(1, mixture.ClusterCount);
        Assert.Equal(1, mixture.GetClusterCountCurve()[0].Score);
        Assert.Contains(warnings, warning => warning.Contains("No number of clusters above 1 is stable", StringComparison.Ordinal));
    }

    [Fact]
    public void Stability_WithoutAStableNumber_TakesTheHighest()
    {
        var rows = RandomRows.Uniform(300, 5);
        var mixture = GaussianMixture.Fit(rows, Options(3, 6, ClusterCountCriterion.Stability), Execution.Default);
        var curve = mixture.GetClusterCountCurve();
        Assert.All(curve, point => Assert.True(point.Score < 0.8));
        Assert.Equal(curve.Max(point => point.Score), Assert.Single(curve, point => point.IsChosen).Score);
    }

    [Fact]
    public void Stability_OfGaussiansWithTooFewRows_IsZero()
    {
        // Halves have 20 rows; a Gaussian in four columns needs five.
        var (rows, _) = RandomRows.Blobs(40, 4, 2, scale: 30);
        var curve = Choose(rows, ClusterCountCriterion.Stability).GetClusterCountCurve();
        Assert.All(curve.Where(point => point.ClusterCount > 4), point => Assert.Equal(0, point.Score));
        Assert.True(curve[1].Score > 0);
    }

    [Fact]
    public void Curve_DoesNotDependOnThreads()
    {
        var (rows, _) = RandomRows.Blobs(300, 3, 3, scale: 8);
        foreach (var criterion in new[] { ClusterCountCriterion.Stability, ClusterCountCriterion.Eigengap })
        {
            Assert.Equal(
                Choose(rows, criterion).GetClusterCountCurve(),
                GaussianMixture.Fit(rows, Options(1, 8, criterion), new Execution { ThreadCount = 1 }).GetClusterCountCurve());
        }
    }

    [Theory]
    [InlineData(ClusterCountCriterion.Stability)]
    [InlineData(ClusterCountCriterion.Eigengap)]
    public void FewRows_AreAllowed(ClusterCountCriterion criterion)
    {
        Assert.Equal(1, Choose(Matrix.Own([1, 2], 2), criterion).ClusterCount);
        var curve = Choose(Matrix.Own([0, 10, 30, 70], 1), criterion).GetClusterCountCurve();
        Assert.Equal([1, 2, 3, 4], curve.Select(point => point.ClusterCount));
    }

    private static GaussianMixture Choose(Matrix rows, ClusterCountCriterion criterion, Action<string>? warn = null) =>
        GaussianMixture.Fit(rows, Options(1, 8, criterion), new Execution { Warn = warn });

    private static GaussianMixtureOptions Options(int least, int most, ClusterCountCriterion criterion) =>
        new(new ClusterCountRange(least, most)) { StartCount = 2, CountCriterion = criterion };
}
