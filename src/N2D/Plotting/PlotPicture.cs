using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using N2D.Files;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A plot, for a PNG or SVG file or for a terminal.</summary>
public abstract partial class PlotPicture
{
    /// <summary>The default height, in pixels.</summary>
    public virtual int DefaultHeight => 800;

    /// <summary>The default width, in pixels.</summary>
    public virtual int DefaultWidth => 900;

    /// <summary>The minimum number of terminal lines for a readable plot.</summary>
    internal virtual int MinLines => 20;

    /// <summary>
    /// Draws the plot to a PNG or SVG file, depending on the extension. The drawing is written to a temporary file and renamed, so that
    /// the file is never incomplete.
    /// </summary>
    /// <param name="path">Full path.</param>
    /// <param name="width">The width, in pixels, 200 to 20000; null for <see cref="DefaultWidth"/>.</param>
    /// <param name="height">The height, in pixels, 200 to 20000; null for <see cref="DefaultHeight"/>.</param>
    /// <param name="theme">The theme.</param>
    /// <exception cref="N2DException">
    /// The extension is not supported (<c>UnknownPlotFormat</c>), the size is out of range (<c>PlotSizeOutOfRange</c>), the folder does
    /// not exist (<c>FolderNotFound</c>), or the file cannot be written (<c>FileNotWritten</c>).
    /// </exception>
    public void Save(string path, int? width = null, int? height = null, PlotTheme theme = PlotTheme.Light)
    {
        PlotFile.Check(path, width, height);
        var style = new DrawingStyle(ThemeColors.Of(theme)) { IsVector = PlotFile.IsVector(path) };
        var size = SizeOf(width, height, style);
        OutputFile.Write(path, stream =>
        {
            if (style.IsVector)
            {
                WriteSvg(stream, size, style);
            }
            else
            {
                WritePng(stream, size, style);
            }
        });
    }

    /// <summary>Returns the size of the plot.</summary>
    /// <param name="width">The width, in pixels; null for the default.</param>
    /// <param name="height">The height, in pixels; null for the default of the width.</param>
    /// <param name="style">The style.</param>
    internal virtual SKSizeI SizeOf(int? width, int? height, DrawingStyle style) => new(width ?? DefaultWidth, height ?? DefaultHeight);

    /// <summary>Returns the height that suits a width, in pixels: for terminals, which set the width.</summary>
    /// <param name="width">The width, in pixels.</param>
    /// <param name="style">The style.</param>
    internal virtual int HeightFor(int width, DrawingStyle style) => (int)Math.Round((double)width * DefaultHeight / DefaultWidth);

    /// <summary>Draws the plot to a bitmap.</summary>
    /// <param name="size">The size, in pixels.</param>
    /// <param name="style">The style.</param>
    internal SKBitmap ToBitmap(SKSizeI size, DrawingStyle style)
    {
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(style.Colors.Background.ToSKColor());
        Draw(canvas, size, style);
        return bitmap;
    }

    /// <summary>Draws the plot as SVG.</summary>
    /// <param name="stream">Receives the SVG text.</param>
    /// <param name="size">The size, in pixels.</param>
    /// <param name="style">The style.</param>
    internal void WriteSvg(Stream stream, SKSizeI size, DrawingStyle style)
    {
        using var drawing = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, size.Width, size.Height), drawing))
        {
            canvas.Clear(style.Colors.Background.ToSKColor());
            Draw(canvas, size, style);
        }

        // Skia numbers the clips of all drawings of a process. Renumber them, so that the same plot gives the same bytes.
        var numbers = new Dictionary<string, int>();
        var text = ClipName().Replace(Encoding.UTF8.GetString(drawing.GetBuffer(), 0, (int)drawing.Length), match =>
        {
            numbers.TryAdd(match.Value, numbers.Count);
            return string.Create(CultureInfo.InvariantCulture, $"clip{numbers[match.Value]}");
        });
        stream.Write(Encoding.UTF8.GetBytes(SvgNumber.RoundAll(text)));
    }

    /// <summary>Draws the plot.</summary>
    /// <param name="canvas">A canvas of this size, filled with the theme's background.</param>
    /// <param name="size">The size, in pixels.</param>
    /// <param name="style">The style.</param>
    private protected abstract void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style);

    [GeneratedRegex("""(?<=id="|url\(#)cl_[0-9a-f]+""")]
    private static partial Regex ClipName();

    private void WritePng(Stream stream, SKSizeI size, DrawingStyle style)
    {
        using var bitmap = ToBitmap(size, style);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }
}
