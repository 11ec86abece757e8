using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The font of all text in plots. It is embedded, because a server or a container may have no fonts.</summary>
internal static class PlotFont
{
    /// <summary>The family name of the font.</summary>
    public const string Name = "DejaVu Sans";

    /// <summary>The character in place of text that was cut off.</summary>
    private const char Ellipsis = '…';

    private static readonly Lazy<SKTypeface> Typeface = new(Load);

    /// <summary>Sets the font of a plot.</summary>
    public static void Use(Plot plot)
    {
        _ = Typeface.Value;
        plot.Font.Set(Name);

        // ScottPlot measures and draws all text of a rendering by one font, which has no property for hinting.
        plot.RenderManager.RenderStarting += (_, rendering) => Unhint(rendering.Paint.SKFont);
    }

    /// <summary>Returns the font for text that is drawn without ScottPlot.</summary>
    /// <param name="size">The size, in pixels.</param>
    public static SKFont OfSize(float size)
    {
        var font = new SKFont(Typeface.Value, size);
        Unhint(font);
        return font;
    }

    /// <summary>Cuts off a name that is too long.</summary>
    /// <param name="name">The name.</param>
    /// <param name="most">The maximum number of characters.</param>
    public static string Cut(string name, int most = ShortNames.MaxLength)
    {
        var line = name.ReplaceLineEndings(" ");
        return line.Length <= most ? line : line[..(most - 1)] + Ellipsis;
    }

    /// <summary>
    /// Makes the widths of characters proportional to the size of the font, as in the font file. By default, the systems round them to
    /// pixels in different ways, so that the same plot has another layout.
    /// </summary>
    private static void Unhint(SKFont font) =>
        (font.Hinting, font.LinearMetrics, font.Subpixel, font.Edging) = (SKFontHinting.None, true, true, SKFontEdging.Antialias);

    private static SKTypeface Load()
    {
        using var resource = typeof(PlotFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        using var data = SKData.Create(resource);
        var typeface = SKTypeface.FromData(data);
        Fonts.FontResolvers.Insert(0, new Resolver(typeface));
        return typeface;
    }

    private sealed class Resolver(SKTypeface typeface) : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Match(fontName);

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Match(fontName);

        private SKTypeface? Match(string fontName) => fontName == Name ? typeface : null;
    }
}
