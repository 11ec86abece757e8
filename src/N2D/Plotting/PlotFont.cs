using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The font that all text of a plot is drawn in. It comes along: a server or a container may have no font at all.</summary>
internal static class PlotFont
{
    /// <summary>Its family name.</summary>
    public const string Name = "DejaVu Sans";

    /// <summary>What stands in place of text that was cut off.</summary>
    private const char Ellipsis = '…';

    private static readonly Lazy<SKTypeface> Typeface = new(Load);

    /// <summary>Makes ScottPlot draw in it.</summary>
    public static void Use(Plot plot)
    {
        _ = Typeface.Value;
        plot.Font.Set(Name);
    }

    /// <summary>The font for text that is drawn without ScottPlot.</summary>
    /// <param name="size">Pixels.</param>
    public static SKFont OfSize(float size) => new(Typeface.Value, size);

    /// <summary>Text with line breaks, at spaces, so that no line is wider than there is room; a single word stays whole.</summary>
    /// <param name="text">The text; may have line breaks.</param>
    /// <param name="size">Pixels.</param>
    /// <param name="width">The room, in pixels.</param>
    public static string Wrap(string text, float size, float width)
    {
        using var font = OfSize(size);
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var current = "";
            foreach (var word in line.Split(' '))
            {
                var longer = current.Length == 0 ? word : $"{current} {word}";
                if (current.Length > 0 && font.MeasureText(longer) > width)
                {
                    lines.Add(current);
                    longer = word;
                }

                current = longer;
            }

            lines.Add(current);
        }

        return string.Join('\n', lines);
    }

    /// <summary>A name cut off where it is longer than a plot has room for.</summary>
    /// <param name="name">The name.</param>
    /// <param name="most">The most characters.</param>
    public static string Cut(string name, int most = ShortNames.Longest)
    {
        var line = name.ReplaceLineEndings(" ");
        return line.Length <= most ? line : line[..(most - 1)] + Ellipsis;
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
