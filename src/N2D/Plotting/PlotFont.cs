using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The font that all text of a plot is drawn in. It comes along: a server or a container may have no font at all.</summary>
internal static class PlotFont
{
    /// <summary>Its family name.</summary>
    public const string Name = "DejaVu Sans";

    private static readonly Lazy<SKTypeface> Typeface = new(Load);

    /// <summary>Makes ScottPlot draw in it.</summary>
    public static void Use(Plot plot)
    {
        _ = Typeface.Value;
        plot.Font.Set(Name);
    }

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
