using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

public sealed class UmapTransformTests
{
    private const int FittedCount = 400;

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Cosine)]
    public void ARowGoesToTheSamePlace_Alone_InAnyBatch_InAnyOrder_OnAnyThreads(DistanceMetric metric)
    {
        var (fitted, unseen) = Split(RandomRows.Blobs(600, 40, 5, scale: 3).Rows);
        var umap = new UmapOptions { Epochs = 60, Metric = metric, Seed = 3 }.Fit(fitted, Execution.Default);
        var together = umap.Transform(unseen, new Execution { ThreadCount = 1 });

        Assert.Equal(together.Values, umap.Transform(unseen, new Execution { ThreadCount = 2 }).Values);
        Assert.Equal(together.Values, umap.Transform(unseen, new Execution { ThreadCount = 7 }).Values);

        int[] backward = [.. Enumerable.Range(0, unseen.RowCount).Reverse()];
        Assert.Equal(Pick(together, backward).Values, umap.Transform(Pick(unseen, backward), Execution.Default).Values);

        foreach (var row in new[] { 0, 63, 64, unseen.RowCount - 1 })
        {
            Assert.Equal(together.Row(row), umap.Transform(Pick(unseen, row), Execution.Default).Values);
        }

        // Together with rows that change the largest membership, the mean distance and the number of rows of a batch.
        var far = Matrix.Own([.. unseen.Values.ToArray().Select(value => 1000 * value)], unseen.ColumnCount);
        var mixed = Stack(fitted, Stack(far, Stack(unseen, unseen)));
        var inCompany = umap.Transform(mixed, Execution.Default);
        Assert.Equal(together.Values, inCompany.RowRange(FittedCount + far.RowCount, unseen.RowCount));
        Assert.Equal(together.Values, inCompany.RowRange(FittedCount + far.RowCount + unseen.RowCount, unseen.RowCount));
    }

    [Fact]
    public void NegativeZero_IsZero()
    {
        // Equal numbers of different bits must not draw different random numbers.
        var umap = new UmapOptions { Epochs = 60 }.Fit(RandomRows.Uniform(FittedCount, 5), Execution.Default);
        var zero = umap.Transform(Matrix.Own([0, 0.5f, 0.5f, 0.5f, 0], 5), Execution.Default);
        var negativeZero = umap.Transform(Matrix.Own([-0f, 0.5f, 0.5f, 0.5f, -0f], 5), Execution.Default);
        Assert.Equal(zero.Values, negativeZero.Values);
    }

    [Fact]
    public void RowsOfTheFit_KeepTheirLayout_AndNearOnesLandNearby()
    {
        var (rows, _) = RandomRows.Blobs(FittedCount, 8, 4, scale: 6);
        var umap = new UmapOptions().Fit(rows, Execution.Default);
        Assert.Equal(umap.Layout.Values, umap.Transform(rows, Execution.Default).Values);

        // A nudge far below the distance of neighbors, about 1, leaves the neighborhood as it is.
        var nudged = Matrix.Own([.. rows.Values.ToArray().Select(value => value + 1e-4f)], 8);
        var layout = umap.Transform(nudged, Execution.Default);
        var nearest = NeighborSearch.FindAmong(layout, umap.Layout, 20, new RowDistance(), Execution.Default);
        var kept = Enumerable.Range(0, FittedCount).Count(row => nearest.Neighbors(row).Contains(row));
        Assert.InRange(kept, 0.95 * FittedCount, FittedCount);
    }

    [Fact]
    public void ADuplicateInTheFit_LiesWhereTheFirstOfItsKindDoes()
    {
        var rows = RandomRows.Uniform(FittedCount, 5);
        var twice = Stack(rows, Pick(rows, 17));
        var umap = new UmapOptions { Epochs = 60 }.Fit(twice, Execution.Default);
        Assert.Equal(umap.Layout.Row(17), umap.Transform(Pick(rows, 17), Execution.Default).Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void MembershipsAndStart_OfUnseenIris_AreUmapLearns(int index)
    {
        var expected = ExpectedValues.Load("transform.json");
        var (_, unseen) = Iris();
        var fittedLayout = expected.GetProperty("layout").ToMatrix();
        var places = new AlignedRows(fittedLayout.RowCount, 2);
        for (var row = 0; row < fittedLayout.RowCount; row++)
        {
            fittedLayout.Row(row).CopyTo(places[row]);
        }

        var given = expected.GetProperty("cases")[index];
        var localConnectivity = given.GetProperty("localConnectivity").GetSingle();
        var start = given.GetProperty("start").ToMatrix();
        var options = new UmapOptions { NeighborCount = 10, Dimension = 2, Epochs = 0, LocalConnectivity = localConnectivity };
        var placement = new OutOfSamplePlacement(places, new MembershipCurve(1, 1), options);
        for (var row = 0; row < unseen.RowCount; row++)
        {
            // Uses the reference's neighbors, because implementations break ties in iris differently.
            int[] neighbors = [.. expected.GetProperty("neighbors")[row].EnumerateArray().Select(neighbor => neighbor.GetInt32())];
            float[] distances = [.. expected.GetProperty("distances")[row].EnumerateArray().Select(distance => distance.GetSingle())];
            var (rho, sigma) = SmoothKnnDistances.OfUnseen(distances, localConnectivity);
            for (var place = 0; place < 10; place++)
            {
                // Its sums end within 1e-5 of log2 k, as ours.
                var membership = given.GetProperty("memberships")[row][place].GetDouble();
                Assert.Equal(membership, SmoothKnnDistances.Membership(distances[place], rho, sigma), 1e-4);
            }

            placement.Compute(unseen.Row(row), neighbors, distances, CancellationToken.None);

            // Within rho, the reference treats another row as equal and starts at its place.
            if (distances[0] == 0 || distances[0] > rho)
            {
                Assert.Equal(start[row, 0], placement.Coordinates[0], 1e-3);
                Assert.Equal(start[row, 1], placement.Coordinates[1], 1e-3);
            }
        }
    }

    [Fact]
    public void UnseenIris_IsTrustworthy()
    {
        // The criterion and the recipe of umap-learn's own test: three quarters are fitted, the rest is scored. umap-learn reaches 0.93.
        var (fitted, unseen) = Iris();
        var options = new UmapOptions { NeighborCount = 10, MinimumDistance = 0.01f, Dimension = 2, Epochs = 200, Seed = 42 };
        var layout = options.Fit(fitted, Execution.Default).Transform(unseen, Execution.Default);
        Assert.InRange(Trustworthiness.Compute(unseen, layout, 10, Execution.Default), 0.85, 1);
    }

    [Fact]
    public void UnseenDigits_AreClusteredAsWellAsThoseOfTheFit()
    {
        // Holds out every sixth row, not the last ones: those are from other writers, for whom ACC is 0.08 lower, also with umap-learn.
        var digits = DatasetCatalog.Find("Digits")!.Read();
        var labels = digits.GetLabels()!;
        var isUnseen = Enumerable.Range(0, digits.RowCount).ToLookup(row => row % 6 == 0 && row < 6 * 297);
        int[] fitted = [.. isUnseen[false]];
        int[] unseen = [.. isUnseen[true]];
        var umap = new UmapOptions().Fit(Pick(digits.GetRows(), fitted), Execution.Default);
        var mixture = GaussianMixture.Fit(umap.Layout, new GaussianMixtureOptions(10), Execution.Default);
        var fittedClusters = mixture.Predict(umap.Layout, Execution.Default).Assignments;
        var accuracy = ClusteringAccuracy.Compute([.. fitted.Select(row => labels.Codes[row])], fittedClusters);

        // Clusters are matched to the same classes as in the fit.
        var clusters = mixture.Predict(umap.Transform(Pick(digits.GetRows(), unseen), Execution.Default), Execution.Default).Assignments;
        var matched = 0;
        for (var place = 0; place < unseen.Length; place++)
        {
            matched += accuracy.GetClassMapping()[clusters[place]] == labels.Codes[unseen[place]] ? 1 : 0;
        }

        Assert.InRange((double)matched / unseen.Length, accuracy.Value - 0.03, 1);
    }

    [Fact]
    public void RowsThatTheFitCannotPlace_AreRefused()
    {
        var euclidean = new UmapOptions { Epochs = 10 }.Fit(RandomRows.Uniform(50, 3), Execution.Default);
        var error = Assert.Throws<N2DException>(() => euclidean.Transform(Matrix.Own([1, 2], 2), Execution.Default));
        Assert.Equal(("DimensionMismatch", ErrorKind.InvalidArgument), (error.Id, error.Kind));
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            error = Assert.Throws<N2DException>(() => euclidean.Transform(Matrix.Own([1, 2, 3, 1, value, 3], 3), Execution.Default));
            Assert.Equal(("NotFinite", ErrorKind.InvalidData), (error.Id, error.Kind));
            Assert.StartsWith("Row 2, column", error.Message, StringComparison.Ordinal);
        }

        error = Assert.Throws<N2DException>(() => euclidean.Transform(Matrix.Own([1, 2, 3, 1, 1e30f, 3], 3), Execution.Default));
        Assert.Equal("UndefinedDistance", error.Id);
        Assert.StartsWith("Row 2 has fewer than 20 other rows at a finite distance", error.Message, StringComparison.Ordinal);

        var disconnecting = new UmapOptions { Epochs = 10, DisconnectionDistance = 3 }.Fit(RandomRows.Uniform(50, 3), Execution.Default);
        Assert.True(float.IsFinite(disconnecting.Transform(Matrix.Own([1, 2, 3], 3), Execution.Default)[0, 0]));
        error = Assert.Throws<N2DException>(() => disconnecting.Transform(Matrix.Own([1, 2, 3, 1, 9, 3], 3), Execution.Default));
        Assert.Equal(("NoNeighbors", ErrorKind.InvalidData), (error.Id, error.Kind));
        Assert.StartsWith("Row 2 has no neighbor", error.Message, StringComparison.Ordinal);

        var cosine = new UmapOptions { Epochs = 10, Metric = DistanceMetric.Cosine }.Fit(RandomRows.Uniform(50, 3), Execution.Default);
        error = Assert.Throws<N2DException>(() => cosine.Transform(Matrix.Own([1, 2, 3, 0, 0, 0], 3), Execution.Default));
        Assert.Equal("UndefinedDistance", error.Id);
    }

    [Fact]
    public void NoRows_AndRowsFarAway_HavePlaces()
    {
        var umap = new UmapOptions { Epochs = 10, NegativeSampleRate = 0 }.Fit(RandomRows.Uniform(50, 3), Execution.Default);
        var none = umap.Transform(Matrix.Own([], 3), Execution.Default);
        Assert.Equal((0, 10), (none.RowCount, none.ColumnCount));
        var far = umap.Transform(Matrix.Own([1e15f, -1e15f, 0], 3), Execution.Default);
        Assert.All(far.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport()
    {
        var umap = new UmapOptions { Epochs = 10 }.Fit(RandomRows.Uniform(3000, 8), Execution.Default);
        var unseen = RandomRows.Uniform(20_000, 8, seed: 1);
        Cancellation.AssertEndsAt("layout of", execution => umap.Transform(unseen, execution));
    }

    private static (Matrix Fitted, Matrix Unseen) Iris()
    {
        var iris = ExpectedValues.Load("manifolds.json").GetProperty("iris").ToMatrix();
        var isFitted = ExpectedValues.Load("transform.json").GetProperty("isFitted");
        var rows = Enumerable.Range(0, iris.RowCount).ToLookup(row => isFitted[row].GetBoolean());
        return (Pick(iris, [.. rows[true]]), Pick(iris, [.. rows[false]]));
    }

    private static (Matrix Fitted, Matrix Unseen) Split(Matrix rows) =>
        (Pick(rows, [.. Enumerable.Range(0, FittedCount)]), Pick(rows, [.. Enumerable.Range(FittedCount, rows.RowCount - FittedCount)]));

    private static Matrix Pick(Matrix matrix, params int[] rows) =>
        Matrix.Own([.. rows.SelectMany(row => matrix.Row(row).ToArray())], matrix.ColumnCount);

    private static Matrix Stack(Matrix upper, Matrix lower) => Matrix.Own([.. upper.Values, .. lower.Values], upper.ColumnCount);
}
