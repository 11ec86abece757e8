using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Models;
using N2D.Plotting;
using SkiaSharp;

namespace N2D.Tests.Plotting;

/// <summary>Properties of all kinds of plots, and rejected input.</summary>
public sealed class PlotsTests
{
    private static readonly ClusterResult Labeled = Drawings.ClustersOf(Drawings.Images());
    private static readonly ClusterResult Mislabeled = Drawings.ClustersOf(Drawings.Images(wrongCount: 12));
    private static readonly ClusterResult Bare = Drawings.ClustersOf(Drawings.Images(withLabels: false, areImages: false));

    public static TheoryData<PlotKind> Kinds => [.. Enum.GetValues<PlotKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TextsThatNameThings_AreInADrawingOnce(PlotKind kind)
    {
        var texts = Drawings.TextsOf(PlotOf(kind, "The title"));
        var clusters = new ClusterLegend(Labeled).Names;
        string[] sized = [.. clusters.Select(name => ScatterPanel.TextOf(name, 30))];
        string[] names = kind switch
        {
            PlotKind.Scatter => ["The title", "Principal component 1", "Principal component 2", .. sized],
            PlotKind.Comparison => ["The title", "True labels", "zero · 30", "one · 30", "two · 30", .. sized],
            PlotKind.Confusion => ["The title", "true label", "zero", "one", "two", "0", "1", "2"],
            PlotKind.Silhouette => ["The title", "cluster", .. sized, "mean of the cluster"],
            PlotKind.ClusterCount => ["The title", "number of clusters", "silhouette (larger is better)", "chosen", "2", "3", "4"],
            PlotKind.Exemplar => ["The title", "cluster", .. clusters],
            PlotKind.Mismatch => ["The title", "cluster"],
            _ => ["The title", "epoch", "mean squared error", "training", "validation"],
        };
        Assert.All(names, name => Assert.Single(texts, text => text == name));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Themes_HaveTheirGround_AndTextThatStandsOutFromIt(PlotKind kind)
    {
        using var light = Drawings.PixelsOf(PlotOf(kind, "The title"));
        using var dark = Drawings.PixelsOf(PlotOf(kind, "The title"), PlotTheme.Dark);
        Assert.Equal(SKColors.White, light.GetPixel(1, 1));
        Assert.Equal(new SKColor(0x1B, 0x1E, 0x23), dark.GetPixel(1, 1));
        Assert.Equal((light.Width, light.Height), (dark.Width, dark.Height));
        Assert.Contains(Title(light), pixel => pixel.Red < 60);
        Assert.Contains(Title(dark), pixel => pixel.Red > 200);

        static SKColor[] Title(SKBitmap picture) => picture.Pixels[..(30 * picture.Width)];
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AllText_LiesWithinThePicture(PlotKind kind)
    {
        var picture = PlotOf(kind, null);
        var size = new SKSizeI(picture.DefaultWidth * 3 / 5, picture.DefaultHeight * 3 / 5);
        var style = new DrawingStyle(ThemeColors.Of(PlotTheme.Light)) { IsVector = true };
        var texts = SvgText.Read(stream => picture.WriteSvg(stream, size, style)).Where(text => !text.IsUpright).ToArray();
        Assert.NotEmpty(texts);
        Assert.All(
            texts,
            text => Assert.True(
                text.Left >= 0 && text.Right <= size.Width && text.Middle.Y >= 0 && text.Middle.Y <= size.Height, text.ToString()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NothingTouchesTheEdge(PlotKind kind)
    {
        using var picture = Drawings.PixelsOf(PlotOf(kind, null));
        var edge =
            Enumerable.Range(0, picture.Width).SelectMany(x => new[] { picture.GetPixel(x, 0), picture.GetPixel(x, picture.Height - 1) })
            .Concat(Enumerable.Range(0, picture.Height)
            .SelectMany(y => new[] { picture.GetPixel(0, y), picture.GetPixel(picture.Width - 1, y) }));
        Assert.All(edge, pixel => Assert.Equal(SKColors.White, pixel));
    }

    [Fact]
    public void Kind_FollowsFromTheInput()
    {
        Assert.IsType<ComparisonPlot>(Plot(Labeled, null));
        Assert.IsType<ScatterPlot>(Plot(Bare, null));
        Assert.IsType<ScatterPlot>(Plot(Labeled.GetEmbedding(), null));
        Assert.IsType<LossPlot>(Plot(Epochs(), null));
        Assert.IsType<ClusterCountPlot>(Plot(Labeled.GetClusterCountCurve(), null));
    }

    [Theory]
    [InlineData(PlotKind.Comparison, "NoLabels")]
    [InlineData(PlotKind.Confusion, "NoLabels")]
    [InlineData(PlotKind.Exemplar, "NoImages")]
    [InlineData(PlotKind.Mismatch, "NoImages")]
    [InlineData(PlotKind.Loss, "KindNotForInput")]
    public void WhatAClusteringLacks_IsSaid(PlotKind kind, string id) => Assert.Equal(id, Refusal(Bare, kind).Id);

    [Theory]
    [InlineData(PlotKind.Comparison)]
    [InlineData(PlotKind.Confusion)]
    [InlineData(PlotKind.Silhouette)]
    [InlineData(PlotKind.ClusterCount)]
    [InlineData(PlotKind.Exemplar)]
    [InlineData(PlotKind.Mismatch)]
    public void AnEmbedding_IsNoClustering(PlotKind kind)
    {
        var error = Refusal(Bare.GetEmbedding(), kind);
        Assert.Equal("KindNotForInput", error.Id);
        Assert.Contains("requires a clustering", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANumberOfClustersThatWasGiven_HasNoCurve_AndOneClusterNoSilhouette()
    {
        var rows = Bare.GetEmbedding();
        var one = ClusterResult.Create(
            rows,
            GaussianMixture.Fit(rows.GetRows(), new GaussianMixtureOptions(1) { StartCount = 1 }, Execution.Default),
            Execution.Default);
        Assert.Equal("NoClusterCountCurve", Refusal(one, PlotKind.ClusterCount).Id);
        Assert.Equal("SilhouetteUndefined", Refusal(one, PlotKind.Silhouette).Id);
    }

    [Fact]
    public void MatchingLabels_LeaveNoMismatch() => Assert.Equal("NothingToPlot", Refusal(Labeled, PlotKind.Mismatch).Id);

    [Fact]
    public void AMismatchPlot_ShowsTheImagesOfOtherLabels_WithTheirLabels()
    {
        var texts = Drawings.TextsOf(PlotOf(PlotKind.Mismatch, null));
        string[] names = ["zero", "one", "two"];
        Assert.Equal(12, texts.Count(names.Contains));
        Assert.Contains(texts, text => text.Contains("12 images outside their class's cluster", StringComparison.Ordinal));
    }

    [Fact]
    public void CurvesOfSeveralClusterings_AreNotMixed() =>
        Assert.Equal(
            "MixedCurves",
            Assert.Throws<N2DException>(() =>
                ClusterCountPlot.Of([.. Labeled.GetClusterCountCurve(), .. Bare.GetClusterCountCurve()], null)).Id);

    [Fact]
    public void OptionsOfAnotherKind_AreRefused()
    {
        Assert.Equal(
            "ParameterNotForKind",
            Assert.Throws<N2DException>(() => new PlotOptions { ExemplarCount = 3 }.ThrowIfNotFor(PlotKind.Scatter)).Id);
        Assert.Equal(
            "ParameterNotForKind",
            Assert.Throws<N2DException>(() => new PlotOptions { Layout = Bare.GetEmbedding() }.ThrowIfNotFor(PlotKind.Confusion)).Id);
        Assert.Equal(
            "ExemplarCountOutOfRange",
            Assert.Throws<N2DException>(() => new PlotOptions { ExemplarCount = 0 }.ThrowIfNotFor(PlotKind.Exemplar)).Id);
        new PlotOptions { Layout = Bare.GetEmbedding() }.ThrowIfNotFor(PlotKind.Comparison);
    }

    private static PlotPicture PlotOf(PlotKind kind, string? title) =>
        Plots.Of(
            kind switch { PlotKind.Loss => Epochs(), PlotKind.Mismatch => Mislabeled, _ => Labeled },
            new PlotOptions { Kind = kind, Title = title },
            Execution.Default);

    private static PlotPicture Plot(object input, PlotKind? kind) => Plots.Of(input, new PlotOptions { Kind = kind }, Execution.Default);

    private static N2DException Refusal(object input, PlotKind kind) => Assert.Throws<N2DException>(() => Plot(input, kind));

    private static TrainingEpoch[] Epochs() =>
        [.. Enumerable.Range(1, 20).Select(epoch => new TrainingEpoch(epoch, 1.0 / epoch, 1.2 / epoch, epoch))];
}
