using ScottPlot;

namespace N2D.Plotting;

/// <summary>How a plot is drawn onto the canvas at hand: what a figure must know of the backend, and all that it may know.</summary>
/// <param name="Colors">The colors of the theme.</param>
internal sealed record DrawingStyle(ThemeColors Colors)
{
    /// <summary>Whether the drawing becomes a file of vectors.</summary>
    public bool IsVector { get; init; }

    /// <summary>Whether text takes its room and leaves no mark: a terminal writes it itself.</summary>
    public bool HidesText { get; init; }

    /// <summary>The smallest diameter of a point and width of a curve, in pixels; 0 for no limit. What a terminal shows by a block must fill one.</summary>
    public float LeastMark { get; init; }

    /// <summary>The width of a character where text is set in cells of one size, in pixels; 0 where it is not.</summary>
    public float GridWidth { get; init; }

    /// <summary>The height of a line of characters where text is set in cells of one size, in pixels; 0 where it is not.</summary>
    public float GridHeight { get; init; }

    /// <summary>What lies between two lines of text.</summary>
    /// <param name="wanted">What suits the text, in pixels.</param>
    public float LineHeight(float wanted) => Math.Max(wanted, GridHeight);

    /// <summary>The color of text that is to be written in a color.</summary>
    /// <param name="color">The color.</param>
    public Color Ink(Color color) => HidesText ? color.WithAlpha(0) : color;
}
