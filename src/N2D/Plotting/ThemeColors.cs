using N2D.Numerics;
using ScottPlot;

namespace N2D.Plotting;

/// <summary>The colors of a theme.</summary>
/// <param name="Background">The background.</param>
/// <param name="Text">Text, and lines that mark a value.</param>
/// <param name="Frame">Axes.</param>
/// <param name="Grid">Grid lines.</param>
/// <param name="Paper">The background of images, different from that of the plot.</param>
/// <param name="Unknown">Rows of unknown category.</param>
/// <param name="Palette">
/// Ten categories. These colors and the unknown color are pairwise distinguishable with normal vision and with each of the three
/// dichromacies, and contrast with the background. Tests verify this by the simulation of Machado, Oliveira and Fernandes (2009).
/// </param>
internal sealed record ThemeColors(
    Color Background, Color Text, Color Frame, Color Grid, Color Paper, Color Unknown, IReadOnlyList<Color> Palette)
{
    private static readonly ThemeColors LightColors = new(
        Background: Color.FromHex("#FFFFFF"),
        Text: Color.FromHex("#1A1A1A"),
        Frame: Color.FromHex("#5A5A5A"),
        Grid: Color.FromHex("#E4E4E4"),
        Paper: Color.FromHex("#F4F4F4"),
        Unknown: Color.FromHex("#7A7A7A"),
        Palette: Colors("#105CD9", "#C37757", "#6AA502", "#3E098B", "#922B8B", "#615207", "#109AF5", "#BA81BE", "#133E1C", "#521C43"));

    private static readonly ThemeColors DarkColors = new(
        Background: Color.FromHex("#1B1E23"),
        Text: Color.FromHex("#E8E8E8"),
        Frame: Color.FromHex("#9A9A9A"),
        Grid: Color.FromHex("#363A40"),
        Paper: Color.FromHex("#000000"),
        Unknown: Color.FromHex("#8C8C8C"),
        Palette: Colors("#608EF9", "#EC8D0C", "#9FC77C", "#743DFF", "#C21999", "#EEE90E", "#10FFC8", "#F6B0F4", "#2A7848", "#D41806"));

    /// <summary>Returns the colors of a theme.</summary>
    /// <param name="theme">The theme.</param>
    public static ThemeColors Of(PlotTheme theme) => theme == PlotTheme.Dark ? DarkColors : LightColors;

    /// <summary>Returns black or white, whichever has more contrast with a background.</summary>
    /// <param name="ground">The background.</param>
    public static Color LegibleOn(Color ground)
    {
        // The luminance at which the contrast ratios of WCAG 2 with black and white are equal.
        const double Middle = 0.179;
        return Luminance(ground) > Middle ? ScottPlot.Colors.Black : ScottPlot.Colors.White;
    }

    /// <summary>Returns the relative luminance of a color, 0 to 1 (WCAG 2).</summary>
    /// <param name="color">The color.</param>
    public static double Luminance(Color color) => (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));

    /// <summary>Converts an sRGB channel to linear light, 0 to 1.</summary>
    /// <param name="value">The channel's value.</param>
    public static double Linear(byte value)
    {
        var share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : PortableMath.Pow((share + 0.055) / 1.055, 2.4);
    }

    private static Color[] Colors(params string[] codes) => Array.ConvertAll(codes, Color.FromHex);
}
