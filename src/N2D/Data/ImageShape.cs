namespace N2D.Data;

/// <summary>The shape of the image that each row holds, flattened row by row.</summary>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Width">Pixels from left to right.</param>
public readonly record struct ImageShape(int Height, int Width);
