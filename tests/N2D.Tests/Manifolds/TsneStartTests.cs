using N2D.Manifolds;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Manifolds;

/// <summary>t-SNE that starts at given coordinates.</summary>
public sealed class TsneStartTests
{
    private static readonly TsneOptions Options = new() { Perplexity = 10, Iterations = 0 };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1e-3, 0)]
    [InlineData(1e30, 0)]
    [InlineData(1, 1000)]
    public void GivenCoordinates_AreWhereTheLayoutStarts_WhateverTheirScaleAndPlace(float scale, float offset)
    {
        var rows = RandomRows.Uniform(100, 5);
        var given = RandomRows.Uniform(100, 2, seed: 5);
        var moved = Matrix.Own([.. given.Values.ToArray().Select(value => (value * scale) + offset)], 2);
        var layout = Options.Fit(rows, Execution.Default, new() { InitialLayout = moved }).Layout;
        var deviations = Enumerable.Range(0, 2).Select(column => Deviation(layout, column)).ToArray();
        Assert.Equal(1e-4, deviations.Max(), 1e-7);

        // Differences keep their proportions, but for the noise, of 1e-5, and what an offset rounds.
        var unit = Enumerable.Range(0, 2).Max(column => Deviation(given, column));
        Assert.All(
            Enumerable.Range(1, 99),
            row => Assert.Equal((given[row, 1] - given[0, 1]) / unit, (layout[row, 1] - layout[0, 1]) / 1e-4, 1e-3));
    }

    [Fact]
    public void TheLayoutOfAStart_KeepsItsOrder_ForEverySeed()
    {
        var (rows, blobs) = RandomRows.Blobs(200, 8, 4, scale: 30);
        var given = Matrix.Own([.. blobs.SelectMany(blob => new[] { blob * 2f, blob % 2 })], 2);
        for (var seed = 0; seed < 3; seed++)
        {
            var layout =
                (Options with { Iterations = 300, Seed = seed }).Fit(rows, Execution.Default, new() { InitialLayout = given }).Layout;
            var centers = Enumerable.Range(0, 4)
                .Select(blob => Enumerable.Range(0, 200).Where(row => blobs[row] == blob).Average(row => layout[row, 0]))
                .ToArray();
            Assert.Equal(centers.Order(), centers);
        }
    }

    [Fact]
    public void CoordinatesThatAllCoincide_AreParted()
    {
        var layout = (Options with { Iterations = 50 }).Fit(
            RandomRows.Uniform(100, 5), Execution.Default, new() { InitialLayout = Matrix.Own(new float[200], 2) }).Layout;
        Assert.Equal(100, Enumerable.Range(0, 100).Select(row => (layout[row, 0], layout[row, 1])).Distinct().Count());
    }

    [Fact]
    public void UnfittingCoordinates_AreRefused()
    {
        var rows = RandomRows.Uniform(100, 5);
        Assert.Equal("InitialLayoutMismatch", Refused(Matrix.Own(new float[300], 3)));
        Assert.Equal("InitialLayoutMismatch", Refused(Matrix.Own(new float[198], 2)));
        Assert.Equal("NotFinite", Refused(Matrix.Own([.. Enumerable.Repeat(float.NaN, 200)], 2)));

        string Refused(Matrix start) =>
            Assert.Throws<N2DException>(() => Options.Fit(rows, Execution.Default, new() { InitialLayout = start })).Id;
    }

    [Fact]
    public void ASavedFit_KeepsItsStart_AndIsFittedAnewFromIt()
    {
        var data = new Dataset("rows", RandomRows.Uniform(80, 5));
        var options = Options with { Iterations = 20, ExaggerationIterations = 5 };
        var tsne = options.Fit(data.GetRows(), Execution.Default, new() { InitialLayout = RandomRows.Uniform(80, 2, seed: 5) });
        Assert.Contains("InitialEmbedding=given", tsne.Settings, StringComparison.Ordinal);
        var loaded = SavedStage.Of(data.Append(tsne, tsne.Layout));
        Assert.Equal(tsne.Settings, loaded.Settings);
        var again = tsne.Refit(data, 5, Execution.Default).GetRows().Values.ToArray();
        Assert.Equal(again, loaded.Refit(data, 5, Execution.Default).GetRows().Values);
        Assert.NotEqual(again, (options with { Seed = 5 }).Fit(data.GetRows(), Execution.Default).Layout.Values.ToArray());
    }

    private static double Deviation(Matrix layout, int column)
    {
        var values = Enumerable.Range(0, layout.RowCount).Select(row => (double)layout[row, column]).ToArray();
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
