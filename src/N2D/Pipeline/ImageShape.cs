namespace N2D.Pipeline;

/// <summary>The shape of the images in a data set whose rows are images, flattened row by row.</summary>
/// <param name="Height">The height, in pixels.</param>
/// <param name="Width">The width, in pixels.</param>
public readonly record struct ImageShape(int Height, int Width)
{
    /// <summary>The height and width, such as <c>28 x 28</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Height} x {Width}");
}
