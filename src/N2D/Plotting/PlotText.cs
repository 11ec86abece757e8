using SkiaSharp;

namespace N2D.Plotting;

/// <summary>
/// Text that plots draw without ScottPlot. In terminals, each character has the width of a cell, so that text and marks stay apart when
/// the terminal writes the text.
/// </summary>
internal static class PlotText
{
    /// <summary>Half the height of a capital letter, as a share of the font's size.</summary>
    public const float HalfCapital = 0.36f;

    /// <summary>Returns the width of a line of text, in pixels.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The size of the font, in pixels.</param>
    /// <param name="style">The style.</param>
    public static float WidthOf(string text, float size, DrawingStyle style)
    {
        if (style.GridWidth > 0)
        {
            return text.Length * style.GridWidth;
        }

        using var font = PlotFont.OfSize(size);
        return font.MeasureText(text);
    }

    /// <summary>Cuts off a line of text that is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The size of the font, in pixels.</param>
    /// <param name="width">The maximum width, in pixels.</param>
    /// <param name="style">The style.</param>
    public static string Fit(string text, float size, float width, DrawingStyle style)
    {
        var line = text.ReplaceLineEndings(" ");
        for (var length = line.Length; length > 1 && WidthOf(line, size, style) > width;)
        {
            line = PlotFont.Cut(line, --length);
        }

        return line;
    }

    /// <summary>Breaks text at spaces into lines of at most a given width. Words are not broken.</summary>
    /// <param name="text">The text; may have line breaks.</param>
    /// <param name="size">The size of the font, in pixels.</param>
    /// <param name="width">The maximum width of a line, in pixels.</param>
    /// <param name="style">The style.</param>
    public static string[] Wrap(string text, float size, float width, DrawingStyle style)
    {
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var current = "";
            foreach (var word in line.Split(' '))
            {
                var longer = current.Length == 0 ? word : $"{current} {word}";
                if (current.Length > 0 && WidthOf(longer, size, style) > width)
                {
                    lines.Add(current);
                    longer = word;
                }

                current = longer;
            }

            lines.Add(current);
        }

        return [.. lines];
    }

    /// <summary>Draws a line of text.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="text">The text.</param>
    /// <param name="place">The position of the text at its left end, middle or right end, half a capital letter above the baseline.</param>
    /// <param name="size">The size of the font, in pixels.</param>
    /// <param name="color">The color.</param>
    /// <param name="style">The style.</param>
    /// <param name="share">The share of the text to the left of the position: 0, 0.5 or 1.</param>
    public static void Draw(
        SKCanvas canvas, string text, SKPoint place, float size, SKColor color, DrawingStyle style, float share = 0)
    {
        using var font = PlotFont.OfSize(size);
        using var ink = new SKPaint { Color = style.HidesText ? color.WithAlpha(0) : color, IsAntialias = true };
        var (left, baseline) = (place.X - (share * WidthOf(text, size, style)), place.Y + (HalfCapital * size));
        if (style.GridWidth == 0)
        {
            canvas.DrawText(text, left, baseline, font, ink);
            return;
        }

        float[] letters = [.. Enumerable.Range(0, font.CountGlyphs(text)).Select(index => left + (index * style.GridWidth))];
        using var blob = letters.Length == 0 ? null : SKTextBlob.CreateHorizontal(text, font, letters, 0);
        if (blob is not null)
        {
            canvas.DrawText(blob, 0, baseline, ink);
        }
    }

    /// <summary>Draws a line of text that runs from bottom to top.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="text">The text.</param>
    /// <param name="middle">The position of the middle of the text.</param>
    /// <param name="size">The size of the font, in pixels.</param>
    /// <param name="color">The color.</param>
    /// <param name="style">The style.</param>
    public static void DrawUpright(SKCanvas canvas, string text, SKPoint middle, float size, SKColor color, DrawingStyle style)
    {
        canvas.Save();
        canvas.Translate(middle);
        canvas.RotateDegrees(-90);
        Draw(canvas, text, default, size, color, style, 0.5f);
        canvas.Restore();
    }
}
