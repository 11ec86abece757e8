namespace N2D.Plotting;

/// <summary>The space around the data area of a scatter plot, in pixels.</summary>
/// <param name="Left">The space for the name of the vertical axis.</param>
/// <param name="Right">The space at the right edge.</param>
/// <param name="Axis">The space below, for the name of the horizontal axis.</param>
/// <param name="Caption">The space above, for the caption of a panel.</param>
/// <param name="LegendGap">The space between the axes and a legend.</param>
internal readonly record struct ScatterMargins(float Left, float Right, float Axis, float Caption, float LegendGap)
{
    /// <summary>Returns the margins of a style: in terminals, whole cells.</summary>
    /// <param name="style">The style.</param>
    /// <param name="hasCaption">Whether the panel has a caption.</param>
    public static ScatterMargins Of(DrawingStyle style, bool hasCaption) => style.GridWidth > 0
        ? new ScatterMargins(3 * style.GridWidth, style.GridWidth, style.GridHeight, hasCaption ? style.GridHeight : 0, style.GridHeight)
        : new ScatterMargins(30, 14, 28, hasCaption ? 24 : 0, 14);
}
