using System.Globalization;
using System.Text.RegularExpressions;
using N2D.Models;
using N2D.Plotting;
using SkiaSharp;

namespace N2D.Tests.Plotting;

/// <summary>Plots as escape sequences, read back as a terminal reads them.</summary>
public sealed partial class TerminalPictureTests
{
    private static readonly TerminalSize Console = new(101, 42);
    private static readonly ClusterResult Result = Drawings.ClustersOf(Drawings.Images());
    private static readonly PlotPicture Plot = ScatterPlot.Of(Result, null, "The title", Execution.Default);

    [Fact]
    public void HalfBlocks_FillTheConsole_LineByLine()
    {
        var lines = Screen(TerminalPicture.HalfBlocks(Plot, Console, null, null, PlotTheme.Dark));
        Assert.Equal(40, lines.Length);
        Assert.All(lines, line => Assert.Equal(100, line.Length));
    }

    [Fact]
    public void HalfBlocks_HaveTheSizeAskedFor()
    {
        var lines = Screen(TerminalPicture.HalfBlocks(Plot, Console, 60, 25, PlotTheme.Light));
        Assert.Equal((25, 60), (lines.Length, lines[0].Length));
        Assert.Equal(
            (30, 80),
            (Screen(TerminalPicture.HalfBlocks(Plot, TerminalSize.Unknown, null, 30, PlotTheme.Light)).Length, Screen(
                TerminalPicture.HalfBlocks(Plot, TerminalSize.Unknown, null, 30, PlotTheme.Light))[0].Length));
    }

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void HalfBlocks_ShowTextAsText_AndPointsInTheirColors(PlotTheme theme)
    {
        var colors = ThemeColors.Of(theme);
        var screen = Screen(TerminalPicture.HalfBlocks(Plot, Console, null, null, theme));
        var text = screen.Select(line => string.Concat(line.Select(cell => cell.Character))).ToArray();
        foreach (var name in new ClusterLegend(Result).Names.Append("The title").Append("Principal component 1"))
        {
            Assert.Single(text, line => line.Contains(name, StringComparison.Ordinal));
        }

        var title = screen[Array.FindIndex(text, line => line.Contains("The title", StringComparison.Ordinal))].First(cell =>
            cell.Character == 'T');
        Assert.Equal(colors.Text.ToSKColor(), title.Front);
        Assert.Equal(colors.Background.ToSKColor(), screen[^1][^1].Ground);

        // Each group lies somewhere as a patch of its own color, or at least of half of it where points do not fill their cells.
        var seen = screen.SelectMany(line => line).SelectMany(cell => new[] { cell.Front, cell.Ground }).ToHashSet();
        Assert.All(colors.Palette.Take(3), color => Assert.Contains(
            seen, other => Enumerable.Range(
                10, 11).Any(step => Distance(CategoryStyle.Mix(colors.Background, color, step / 20.0).ToSKColor(), other) < 16)));
    }

    /// <summary>The mark of a legend fills the upper half of one cell, and none of its neighbors.</summary>
    [Fact]
    public void Keys_FillOneCell_OfLegendsThatFitEightyColumns()
    {
        var colors = ThemeColors.Of(PlotTheme.Dark);
        var (ground, legend) = (colors.Background.ToSKColor(), new ClusterLegend(Result));
        var screen = Screen(TerminalPicture.HalfBlocks(Plot, TerminalSize.Unknown, 80, null, PlotTheme.Dark));
        foreach (var (cluster, name) in legend.Names.Index())
        {
            var text = ScatterPanel.TextOf(name, 30);
            var line = screen.Single(cells => string.Concat(cells.Select(cell => cell.Character)).Contains(text, StringComparison.Ordinal));
            var start = string.Concat(line.Select(cell => cell.Character)).IndexOf(text, StringComparison.Ordinal);
            Assert.Equal(('▀', CategoryStyle.Of(legend.Styles[cluster], colors).Color.ToSKColor(), ground), line[start - 2]);
            Assert.Equal((' ', ground), (line[start - 1].Character, line[start - 1].Ground));
            Assert.Equal(ground, line[start - 3].Ground);
        }
    }

    [Theory]
    [InlineData(80, null)]
    [InlineData(101, null)]
    [InlineData(80, 20)]
    public void LabelsOfImages_DoNotCoverThem(int columns, int? lines)
    {
        var result = Drawings.ClustersOf(Drawings.Images(wrongCount: 6));
        var plot = Plots.Of(result, new PlotOptions { Kind = PlotKind.Mismatch }, Execution.Default);
        var screen = Screen(TerminalPicture.HalfBlocks(plot, TerminalSize.Unknown, columns, lines, PlotTheme.Light));
        var texts = screen.SelectMany(line => line).Where(cell => char.IsAsciiLetter(cell.Character)).ToArray();
        Assert.NotEmpty(texts);
        Assert.All(texts, cell => Assert.Equal(ThemeColors.Of(PlotTheme.Light).Background.ToSKColor(), cell.Ground));
    }

    [Fact]
    public void AnAxisName_RunsDownTheLeft()
    {
        var screen = Screen(TerminalPicture.HalfBlocks(Plot, Console, null, null, PlotTheme.Dark));
        var columns = Enumerable.Range(0, 6).Select(column => string.Concat(screen.Select(line => line[column].Character)));
        Assert.Contains(columns, column => column.Contains("Principal component 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(19, null)]
    [InlineData(1001, null)]
    [InlineData(null, 9)]
    [InlineData(null, 1001)]
    public void ASizeThatShowsNothing_IsRefused(int? columns, int? lines) =>
        Assert.Equal(
            "PlotSizeOutOfRange",
            Assert.Throws<N2DException>(() => TerminalPicture.HalfBlocks(Plot, Console, columns, lines, PlotTheme.Dark)).Id);

    [Fact]
    public void Sixels_ShowThePictureAsItIs()
    {
        var text = TerminalPicture.Sixels(Plot, Console, 500, 401, PlotTheme.Light);
        Assert.StartsWith("\eP0;1;0q\"1;1;500;401#0;2;", text, StringComparison.Ordinal);
        Assert.EndsWith("\e\\" + Environment.NewLine, text, StringComparison.Ordinal);
        using var expected = Plot.ToBitmap(new SKSizeI(500, 401), new DrawingStyle(ThemeColors.Of(PlotTheme.Light)));
        var actual = Decode(text.TrimEnd(), 500, 401);

        // Percents of a channel are 2.55 of its steps; the rest are 256 colors for all, of which text and points take most.
        var distances = Enumerable.Range(0, 401)
            .SelectMany(y => Enumerable.Range(0, 500).Select(x => Distance(expected.GetPixel(x, y), actual[(y * 500) + x])))
            .Order()
            .ToArray();
        Assert.InRange(distances[(int)(0.99 * distances.Length)], 0, 12);
        Assert.InRange(distances[^1], 0, 60);
    }

    [Fact]
    public void Sixels_OfFewColors_AreExact_AndShort()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(300, 13, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        for (var x = 0; x < 300; x++)
        {
            bitmap.SetPixel(x, 12, x % 2 == 0 ? SKColors.Red : SKColors.Blue);
        }

        var text = SixelPicture.Encode(bitmap);
        var actual = Decode(text, 300, 13);
        Assert.All(Enumerable.Range(0, 300 * 13), place => Assert.Equal(bitmap.GetPixel(place % 300, place / 300), actual[place]));
        Assert.Contains("!300~-", text, StringComparison.Ordinal);
    }

    [Fact]
    public void SamePlot_SameText()
    {
        Assert.Equal(
            TerminalPicture.HalfBlocks(Plot, Console, null, null, PlotTheme.Dark),
            TerminalPicture.HalfBlocks(Plot, Console, null, null, PlotTheme.Dark));
        Assert.Equal(
            TerminalPicture.Sixels(Plot, Console, 200, 200, PlotTheme.Dark),
            TerminalPicture.Sixels(Plot, Console, 200, 200, PlotTheme.Dark));
    }

    private static int Distance(SKColor x, SKColor y) => Math.Abs(x.Red - y.Red) + Math.Abs(x.Green - y.Green) + Math.Abs(x.Blue - y.Blue);

    /// <summary>The cells that a terminal shows.</summary>
    private static (char Character, SKColor Front, SKColor Ground)[][] Screen(string text) =>
        [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line =>
    {
        var cells = new List<(char, SKColor, SKColor)>();
        var (front, ground) = (SKColors.Empty, SKColors.Empty);
        foreach (Match match in CellPattern().Matches(line))
        {
            if (match.Groups["what"].Success)
            {
                var color = new SKColor(Part(match, "r"), Part(match, "g"), Part(match, "b"));
                (front, ground) = match.Groups["what"].Value == "38" ? (color, ground) : (front, color);
            }
            else if (match.Groups["cell"].Success)
            {
                cells.Add((match.Groups["cell"].Value[0], front, ground));
            }
        }

        Assert.EndsWith("\e[0m", line, StringComparison.Ordinal);
        return cells.ToArray();
    })];

    private static byte Part(Match match, string group) => byte.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    /// <summary>The pixels that a terminal shows of sixels.</summary>
    private static SKColor[] Decode(string text, int width, int height)
    {
        var pixels = new SKColor[width * height];
        var colors = new Dictionary<int, SKColor>();
        var (x, y, color) = (0, 0, 0);
        var body = text[(text.IndexOf('q', StringComparison.Ordinal) + 1)..^2];
        foreach (Match match in SixelPattern().Matches(body))
        {
            int[] numbers = [.. match.Groups["n"].Captures.Select(capture => int.Parse(capture.Value, CultureInfo.InvariantCulture))];
            switch (match.Value[0])
            {
                case '"':
                    Assert.Equal([1, 1, width, height], numbers);
                    break;
                case '#' when numbers.Length == 5:
                    colors.Add(numbers[0], new SKColor(Channel(numbers[2]), Channel(numbers[3]), Channel(numbers[4])));
                    break;
                case '#':
                    color = numbers[0];
                    break;
                case '$':
                    x = 0;
                    break;
                case '-':
                    (x, y) = (0, y + 6);
                    break;
                default:
                    var bits = match.Value[^1] - 63;
                    for (var repeat = 0; repeat < (numbers.Length > 0 ? numbers[0] : 1); repeat++, x++)
                    {
                        for (var bit = 0; bit < 6; bit++)
                        {
                            if ((bits & (1 << bit)) != 0)
                            {
                                pixels[((y + bit) * width) + x] = colors[color];
                            }
                        }
                    }

                    break;
            }
        }

        Assert.InRange(colors.Count, 2, 256);
        return pixels;

        static byte Channel(int percent) => (byte)Math.Round(percent * 255 / 100.0);
    }

    [GeneratedRegex(@"\e\[(?<what>38|48);2;(?<r>\d+);(?<g>\d+);(?<b>\d+)m|\e\[0m|(?<cell>[^\e])")]
    private static partial Regex CellPattern();

    [GeneratedRegex("""["#](?<n>\d+)(?:;(?<n>\d+))*|!(?<n>\d+)[?-~]|[$\-]|[?-~]""")]
    private static partial Regex SixelPattern();
}
