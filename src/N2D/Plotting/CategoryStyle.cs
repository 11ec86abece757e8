using ScottPlot;

namespace N2D.Plotting;

/// <summary>The style of a category's points. Ten categories have distinct colors; further ones have other shades and shapes.</summary>
/// <param name="Color">The color.</param>
/// <param name="Shape">The marker.</param>
internal readonly record struct CategoryStyle(Color Color, MarkerShape Shape)
{
    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledSquare,
        MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown,
    ];

    /// <summary>Returns the style of a category. The first fifty styles are distinct; then they repeat.</summary>
    /// <param name="category">The category, from 0, or -1 for unknown.</param>
    /// <param name="colors">The theme.</param>
    public static CategoryStyle Of(int category, ThemeColors colors)
    {
        if (category < 0)
        {
            return new CategoryStyle(colors.Unknown, MarkerShape.FilledCircle);
        }

        var (round, place) = Math.DivRem(category, colors.Palette.Count);
        round %= Shapes.Length;
        var color = colors.Palette[place];
        var shade = round switch
        {
            0 => color,
            1 or 3 => Mix(color, colors.Text, 0.15 + (0.15 * round)),
            _ => Mix(color, colors.Background, 0.1 * round),
        };
        return new CategoryStyle(shade, Shapes[round]);
    }

    /// <summary>Returns a mixture of two colors.</summary>
    /// <param name="from">The first color.</param>
    /// <param name="to">The second color.</param>
    /// <param name="share">The share of the second color, 0 to 1.</param>
    public static Color Mix(Color from, Color to, double share) =>
        new(Part(from.R, to.R, share), Part(from.G, to.G, share), Part(from.B, to.B, share));

    private static byte Part(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
