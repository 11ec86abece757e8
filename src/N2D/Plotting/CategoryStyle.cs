using ScottPlot;

namespace N2D.Plotting;

/// <summary>How the points of a category look. Ten categories have colors of their own; further ones come in other shades and in other shapes.</summary>
/// <param name="Color">The color.</param>
/// <param name="Shape">The marker.</param>
internal readonly record struct CategoryStyle(Color Color, MarkerShape Shape)
{
    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledTriangleUp, MarkerShape.FilledSquare, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];

    /// <summary>The look of a category. The look of the first fifty is theirs alone; after those it comes again.</summary>
    /// <param name="category">From 0, or -1 where nothing is known of it.</param>
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
        return new CategoryStyle(round switch { 0 => color, 1 or 3 => Mix(color, colors.Text, 0.15 + (0.15 * round)), _ => Mix(color, colors.Background, 0.1 * round) }, Shapes[round]);
    }

    /// <summary>A color between two.</summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    /// <param name="share">How far toward the other, 0 to 1.</param>
    public static Color Mix(Color from, Color to, double share) =>
        new(Part(from.R, to.R, share), Part(from.G, to.G, share), Part(from.B, to.B, share));

    private static byte Part(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
