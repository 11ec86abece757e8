namespace N2D.Pipeline;

/// <summary>The shape of the image that each row holds, flattened row by row.</summary>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Width">Pixels from left to right.</param>
public readonly record struct ImageShape(int Height, int Width)
{
    /// <summary>Height and width, as <c>28 x 28</c>: rows of pixels, and columns.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Height} x {Width}");
}
