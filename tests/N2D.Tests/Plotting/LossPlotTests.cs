using System.Xml.Linq;
using N2D.Autoencoders;
using N2D.Plotting;
using SkiaSharp;

namespace N2D.Tests.Plotting;

public sealed class LossPlotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-loss-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ALossThatFallsFar_IsTold_OnALogarithmicScale()
    {
        var texts = TextsOf(Epochs(200, epoch => 0.08 / epoch, epoch => 0.09 / epoch), null);
        Assert.Contains("Loss after 200 epochs: 0.0004, validation 0.00045", texts);
        Assert.Contains("training", texts);
        Assert.Contains("validation", texts);
        Assert.Equal(
            ["0.0005", "0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1"],
            texts.Where(text => text.StartsWith("0.", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void TheDrawing_IsInTheFileOnce()
    {
        var texts = TextsOf(Epochs(200, epoch => 0.08 / epoch, epoch => 0.09 / epoch), "a loss");
        Assert.Equal(texts.Distinct(), texts);

        // A path a curve, and one before its name in the legend.
        var plot = LossPlot.Of(Epochs(200, epoch => 0.08 / epoch), "a loss");
        var longest = Drawings.SvgOf(plot)
            .Descendants()
            .Count(element => element.Name.LocalName == "path" && ((string)element.Attribute("d")!).Length > 2000);
        Assert.Equal(1, longest);
    }

    [Fact]
    public void ALossOverManyDecades_HasTicksThatDoNotTouch()
    {
        var texts = TextsOf(Epochs(30, epoch => Math.Pow(10, -epoch)), null);
        Assert.InRange(
            texts.Count(text => text.StartsWith("1E-", StringComparison.Ordinal) || text.StartsWith("0.", StringComparison.Ordinal)),
            8,
            31);
    }

    [Fact]
    public void EachTraining_HasACurve()
    {
        var texts = TextsOf([.. Epochs(10, epoch => 1.0 / (10 + epoch)), .. Epochs(12, epoch => 1.0 / (11 + epoch))], "two seeds");
        Assert.Contains("two seeds", texts);
        Assert.Contains("training 1", texts);
        Assert.Contains("training 2", texts);
        Assert.DoesNotContain("validation 1", texts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void AnyNumberOfEpochs_IsDrawn(int count)
    {
        var path = Path.Combine(_folder, "a.png");
        LossPlot.Of(Epochs(count, epoch => 0.1 / epoch), "loss").Save(path, 640, 400);
        using var picture = SKBitmap.Decode(path);
        Assert.Equal((640, 400), (picture.Width, picture.Height));

        // The curve, or its only point, is blue.
        var pixels = Enumerable.Range(40, 320).SelectMany(y => Enumerable.Range(70, 450).Select(x => picture.GetPixel(x, y)));
        Assert.Contains(pixels, pixel => pixel.Blue > pixel.Red + 100);
    }

    [Fact]
    public void ALossOfNothing_IsDrawnOnALinearScale() =>
        Assert.Contains("0", TextsOf(Epochs(5, epoch => 5 - epoch), null));

    [Fact]
    public void NoEpochs_AreRefused() => Assert.Equal("NothingToPlot", Assert.Throws<N2DException>(() => LossPlot.Of([], null)).Id);

    private static TrainingEpoch[] Epochs(int count, Func<int, double> loss, Func<int, double>? validation = null) =>
        [.. Enumerable.Range(1, count).Select(epoch => new TrainingEpoch(epoch, loss(epoch), validation?.Invoke(epoch), epoch))];

    private List<string> TextsOf(TrainingEpoch[] epochs, string? title)
    {
        var path = Path.Combine(_folder, "a.svg");
        LossPlot.Of(epochs, title).Save(path);
        return [.. XDocument.Load(path)
            .Descendants()
            .Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value.Trim())];
    }
}
