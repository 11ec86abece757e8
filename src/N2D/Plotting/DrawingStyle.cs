using ScottPlot;

namespace N2D.Plotting;

/// <summary>The style of a drawing: everything that a plot knows of the output format.</summary>
/// <param name="Colors">The colors of the theme.</param>
internal sealed record DrawingStyle(ThemeColors Colors)
{
    /// <summary>Whether the output is a vector file.</summary>
    public bool IsVector { get; init; }

    /// <summary>Whether text is laid out but not drawn, because the terminal writes it.</summary>
    public bool HidesText { get; init; }

    /// <summary>
    /// The minimum diameter of points and width of lines, in pixels; 0 for no limit. In terminals, a mark must fill a block.
    /// </summary>
    public float MinMarkSize { get; init; }

    /// <summary>The width of a character cell, in pixels; 0 if text is not written in cells.</summary>
    public float GridWidth { get; init; }

    /// <summary>The height of a character cell, in pixels; 0 if text is not written in cells.</summary>
    public float GridHeight { get; init; }

    /// <summary>Returns the distance between two lines of text.</summary>
    /// <param name="preferred">The preferred distance, in pixels.</param>
    public float LineHeight(float preferred) => Math.Max(preferred, GridHeight);

    /// <summary>Returns the height of a line of text: that of a cell if text is written in cells.</summary>
    /// <param name="height">The height without cells, in pixels.</param>
    public float LineOr(float height) => GridHeight > 0 ? GridHeight : height;

    /// <summary>Returns the color to draw text in: transparent if the terminal writes the text.</summary>
    /// <param name="color">The color.</param>
    public Color Ink(Color color) => HidesText ? color.WithAlpha(0) : color;
}
