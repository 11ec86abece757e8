using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Base class of plots that show rows as points. The shape of the picture follows the rows.</summary>
public abstract class ScatterPicture : PlotPicture
{
    private readonly ScatterFigure _figure;

    private protected ScatterPicture(ScatterFigure figure) => _figure = figure;

    /// <inheritdoc/>
    public sealed override int DefaultWidth => DefaultSize.Width;

    /// <inheritdoc/>
    public sealed override int DefaultHeight => DefaultSize.Height;

    private SKSizeI DefaultSize => SizeOf(null, null, new DrawingStyle(ThemeColors.Of(PlotTheme.Light)));

    /// <inheritdoc/>
    internal sealed override SKSizeI SizeOf(int? width, int? height, DrawingStyle style) => _figure.SizeOf(width, height, style);

    /// <inheritdoc/>
    internal sealed override int HeightFor(int width, DrawingStyle style) => SizeOf(width, null, style).Height;

    /// <inheritdoc/>
    private protected sealed override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style) => _figure.Draw(canvas, size, style);
}
