using N2D.Plotting;
using ScottPlot;

namespace N2D.Tests.Plotting;

/// <summary>The colors of categories are distinguishable with all kinds of color vision.</summary>
public sealed class ThemeColorsTests
{
    /// <summary>
    /// Linear RGB as seen with the dichromacies at full severity (Machado, Oliveira and Fernandes, 2009, table 1), and with normal vision.
    /// </summary>
    private static readonly Dictionary<string, double[,]> Sights = new()
    {
        ["normal"] = new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
        ["protanopia"] = new[,] { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
        ["deuteranopia"] =
            new[,] { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
        ["tritanopia"] = new[,] { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
    };

    private const double LeastDistance = 20;

    public static TheoryData<PlotTheme, string> Cases
    {
        get
        {
            var cases = new TheoryData<PlotTheme, string>();
            foreach (var theme in Enum.GetValues<PlotTheme>())
            {
                foreach (var sight in Sights.Keys)
                {
                    cases.Add(theme, sight);
                }
            }

            return cases;
        }
    }

    /// <summary>A difference of 2.3 in CIELAB is just noticeable side by side. Small points far apart need several times that.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void AnyTwoColors_DifferToEverySight(PlotTheme theme, string sight)
    {
        var colors = ThemeColors.Of(theme);
        Color[] all = [.. colors.Palette, colors.Unknown];
        foreach (var (first, second) in all.SelectMany((color, index) => all[(index + 1)..].Select(other => (color, other))))
        {
            var distance = Distance(Lab(first, Sights[sight]), Lab(second, Sights[sight]));
            Assert.True(distance > LeastDistance, $"{first.ToHex()} and {second.ToHex()} are {distance:F1} apart.");
        }
    }

    /// <summary>
    /// CIELAB overrates differences of saturated colors, which OKLab (Ottosson, 2020) does not. A difference of 0.02 is just noticeable side
    /// by side. The dark palette was searched for the largest differences; the light one keeps its colors.
    /// </summary>
    [Theory]
    [InlineData(PlotTheme.Dark, "normal", 0.12)]
    [InlineData(PlotTheme.Dark, "protanopia", 0.085)]
    [InlineData(PlotTheme.Dark, "deuteranopia", 0.085)]
    [InlineData(PlotTheme.Dark, "tritanopia", 0.085)]
    [InlineData(PlotTheme.Light, "normal", 0.12)]
    [InlineData(PlotTheme.Light, "deuteranopia", 0.045)]
    public void AnyTwoColors_DifferInOklab(PlotTheme theme, string sight, double least)
    {
        var colors = ThemeColors.Of(theme);
        double[][] all = [.. colors.Palette.Append(colors.Unknown).Select(color => Oklab(color, Sights[sight]))];
        Assert.InRange(all.SelectMany((color, index) => all[(index + 1)..].Select(other => Distance(color, other))).Min(), least, 1);
    }

    /// <summary>WCAG 2.2 requires 3 to 1 for graphics, and 7 to 1 for text at its strictest level.</summary>
    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void Colors_StandOutFromTheGround(PlotTheme theme)
    {
        var colors = ThemeColors.Of(theme);
        Assert.All(colors.Palette, color => Assert.InRange(Contrast(color, colors.Background), 2.95, 21));
        Assert.InRange(Contrast(colors.Unknown, colors.Background), 3, 21);
        Assert.InRange(Contrast(colors.Text, colors.Background), 7, 21);
    }

    [Fact]
    public void TextOnAnyGround_IsBlackOrWhite_WhicheverContrastsMore()
    {
        foreach (var ground in Enumerable.Range(
            0, 52).Select(step => new Color((byte)(5 * step), (byte)(255 - (5 * step)), (byte)(5 * step))))
        {
            Assert.InRange(Contrast(ThemeColors.LegibleOn(ground), ground), 4.5, 21);
        }
    }

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void FiftyCategories_AreToldApart_ByColorOrShape(PlotTheme theme)
    {
        var styles = Enumerable.Range(0, 50).Select(category => CategoryStyle.Of(category, ThemeColors.Of(theme))).ToArray();
        Assert.Equal(50, styles.Distinct().Count());
        Assert.Equal(5, styles.Select(style => style.Shape).Distinct().Count());
        Assert.Equal(styles[0], CategoryStyle.Of(50, ThemeColors.Of(theme)));
    }

    private static double Contrast(Color first, Color second)
    {
        var (x, y) = (ThemeColors.Luminance(first), ThemeColors.Luminance(second));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double[] Seen(Color color, double[,] sight) =>
    [
        .. Times(sight, [ThemeColors.Linear(color.R), ThemeColors.Linear(color.G), ThemeColors.Linear(color.B)])
            .Select(value => Math.Clamp(value, 0, 1)),
    ];

    private static double[] Oklab(Color color, double[,] sight)
    {
        var cones = Times(
            new[,]
            {
                { 0.4122214708, 0.5363325363, 0.0514459929 },
                { 0.2119034982, 0.6806995451, 0.1073969566 },
                { 0.0883024619, 0.2817188376, 0.6299787005 },
            },
            Seen(color, sight));
        return Times(
            new[,]
            {
                { 0.2104542553, 0.7936177850, -0.0040720468 },
                { 1.9779984951, -2.4285922050, 0.4505937099 },
                { 0.0259040371, 0.7827717662, -0.8086757660 },
            },
            [.. cones.Select(Math.Cbrt)]);
    }

    private static double[] Lab(Color color, double[,] sight)
    {
        var seen = Seen(color, sight);

        // sRGB's primaries and D65 (IEC 61966-2-1), then CIE 15.
        var xyz = Times(
            new[,] { { 0.4124564, 0.3575761, 0.1804375 }, { 0.2126729, 0.7151522, 0.0721750 }, { 0.0193339, 0.1191920, 0.9503041 } }, seen);
        double[] f = [Root(xyz[0] / 0.95047), Root(xyz[1]), Root(xyz[2] / 1.08883)];
        return [(116 * f[1]) - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])];

        static double Root(double value) => value > 216.0 / 24389 ? Math.Cbrt(value) : ((24389.0 / 27 * value) + 16) / 116;
    }

    private static double[] Times(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(column => matrix[row, column] * vector[column]))];

    private static double Distance(double[] x, double[] y) =>
        Math.Sqrt(x.Zip(y).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
}
