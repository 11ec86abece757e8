using N2D.Manifolds;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Manifolds;

/// <summary>UMAP of identical rows, laid out once.</summary>
public sealed class DistinctRowsTests
{
    private static readonly UmapOptions Options = new() { Dimension = 2, NeighborCount = 10, Epochs = 50, Unique = true };

    [Fact]
    public void IdenticalRows_ShareAPlace_WhichIsThatOfTheDistinctRowsAlone()
    {
        var (distinct, rows, groups) = Repeated();
        var umap = Options.Fit(rows, Execution.Default);
        var alone = (Options with { Unique = false }).Fit(distinct, Execution.Default);
        for (var row = 0; row < rows.RowCount; row++)
        {
            Assert.Equal(alone.Layout.Row(groups[row]), umap.Layout.Row(row));
        }

        Assert.Equal(rows.Values, umap.Rows.Values);
        Assert.Contains("Unique=True", umap.Settings, StringComparison.Ordinal);

        // Without it, they are apart, because each has the others as neighbors and moves independently.
        var apart = (Options with { Unique = false }).Fit(rows, Execution.Default).Layout;
        Assert.NotEqual(apart.Row(0).ToArray(), apart.Row(1).ToArray());
    }

    [Fact]
    public void WhereAllRowsAreDistinct_NothingChanges()
    {
        var rows = RandomRows.Uniform(150, 4);
        Assert.Equal(
            (Options with { Unique = false }).Fit(rows, Execution.Default).Layout.Values,
            Options.Fit(rows, Execution.Default).Layout.Values);
        Assert.Same(rows, DistinctRows.Of(rows, Execution.Default).Rows);
    }

    [Fact]
    public void Zero_AndItsNegative_AreOne()
    {
        var distinct = DistinctRows.Of(Matrix.Own([0, 1, -0f, 1, 1, 0, 0, 1], 2), Execution.Default);
        Assert.Equal([0, 0, 1, 0], distinct.Groups);
        Assert.Equal(new float[] { 0, 1, 1, 0 }, distinct.Rows.Values);
    }

    [Fact]
    public void ASavedFit_PlacesItsOwnRowsWhereTheyLie_AndOthersAmongTheDistinctOnes()
    {
        var (distinct, rows, _) = Repeated();
        var umap = Options.Fit(rows, Execution.Default);
        var data = new Dataset("rows", rows);
        var loaded = Assert.IsType<Umap>(SavedStage.Of(data.Append(umap, umap.Layout)));
        Assert.Equal(umap.Settings, loaded.Settings);
        Assert.Equal(umap.Layout.Values, loaded.Layout.Values);
        Assert.Equal(rows.Values, loaded.Rows.Values);
        Assert.Equal(umap.Layout.Values, loaded.Transform(rows, Execution.Default).Values);
        var others = RandomRows.Uniform(20, 4, seed: 8);
        var alone = (Options with { Unique = false }).Fit(distinct, Execution.Default);
        Assert.Equal(alone.Transform(others, Execution.Default).Values, loaded.Transform(others, Execution.Default).Values);
        Assert.Equal(umap.Refit(data, 4, Execution.Default).GetRows().Values, loaded.Refit(data, 4, Execution.Default).GetRows().Values);
    }

    [Fact]
    public void OfIdenticalRows_TheFirstKnownLabel_AndTheMeanOfTheTargets_Count()
    {
        var distinct = DistinctRows.Of(Matrix.Own([1, 2, 1, 2, 1], 1), Execution.Default);
        var labels = distinct.FirstOf(new Labels([Labels.Unknown, Labels.Unknown, 1, Labels.Unknown, 0], ["a", "b"]));
        Assert.Equal([1, Labels.Unknown], labels.Codes);
        Assert.Equal([3, double.NaN], new NumericTarget([1, double.NaN, double.NaN, double.NaN, 5]).MeanOf(distinct).Values);

        var (_, rows, groups) = Repeated();
        var supervised = Options.Fit(
            rows,
            Execution.Default,
            new()
            {
                InitialLayout =
                RandomRows.Uniform(rows.RowCount, 2, seed: 3),
                Targets = new NumericTarget(groups.Select(group => (double)group))
            });
        Assert.Equal(supervised.Layout.Row(0), supervised.Layout.Row(39));
    }

    [Fact]
    public void TooFewDistinctRows_AreRefused_WithTheirNumber()
    {
        var rows = Matrix.Own([.. Enumerable.Range(0, 200).Select(row => (float)(row % 8))], 1);
        var error = Assert.Throws<N2DException>(() => Options.Fit(rows, Execution.Default));
        Assert.Equal("TooFewRows", error.Id);
        Assert.Contains("8 of 200 rows are distinct", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A hundred rows, the first of them forty times and every third twice.</summary>
    private static (Matrix Distinct, Matrix Rows, int[] Groups) Repeated()
    {
        var distinct = RandomRows.Uniform(100, 4);
        int[] groups = [.. Enumerable.Repeat(0, 40), .. Enumerable.Range(1, 99), .. Enumerable.Range(1, 99).Where(group => group % 3 == 0)];
        return (distinct, distinct.Select(groups), groups);
    }
}
