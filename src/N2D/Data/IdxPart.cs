namespace N2D.Data;

/// <summary>A file of images and the file of their labels.</summary>
/// <param name="ImagePath">Full path of the images.</param>
/// <param name="LabelPath">Full path of the labels; null if there are none.</param>
internal readonly record struct IdxPart(string ImagePath, string? LabelPath);
