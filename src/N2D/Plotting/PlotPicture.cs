using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A plot that is drawn into a PNG or SVG file.</summary>
public abstract class PlotPicture
{
    /// <summary>The height that suits it, in pixels.</summary>
    public virtual int DefaultHeight => 800;

    /// <summary>The width that suits it, in pixels.</summary>
    public virtual int DefaultWidth => 900;

    /// <summary>Draws into a file, PNG or SVG by its extension. It is written aside and renamed, so that it is never half there.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="width">Pixels, 100 to 20000; null for <see cref="DefaultWidth"/>.</param>
    /// <param name="height">Pixels, 100 to 20000; null for <see cref="DefaultHeight"/>.</param>
    /// <exception cref="N2DException">
    /// The extension is another (<c>UnknownPlotFormat</c>), the size is out of range (<c>PlotSizeOutOfRange</c>), the folder is not there
    /// (<c>FolderNotFound</c>), or the file cannot be written (<c>FileNotWritten</c>).
    /// </exception>
    public void Save(string path, int? width = null, int? height = null)
    {
        PlotFile.Check(path, width, height);
        var size = new SKSizeI(width ?? DefaultWidth, height ?? DefaultHeight);
        OutputFile.Write(path, PlotFile.IsVector(path) ? stream => DrawSvg(stream, size) : stream => DrawPng(stream, size));
    }

    /// <summary>Draws.</summary>
    /// <param name="canvas">White, of the size.</param>
    /// <param name="size">Pixels.</param>
    /// <param name="isVector">Whether it becomes a file of vectors.</param>
    private protected abstract void Draw(SKCanvas canvas, SKSizeI size, bool isVector);

    private void DrawPng(Stream stream, SKSizeI size)
    {
        using var surface = SKSurface.Create(new SKImageInfo(size.Width, size.Height));
        surface.Canvas.Clear(SKColors.White);
        Draw(surface.Canvas, size, isVector: false);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }

    private void DrawSvg(Stream stream, SKSizeI size)
    {
        using var canvas = SKSvgCanvas.Create(new SKRect(0, 0, size.Width, size.Height), stream);
        canvas.Clear(SKColors.White);
        Draw(canvas, size, isVector: true);
    }
}
