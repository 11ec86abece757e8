namespace N2D.Data;

/// <summary>A file of images and the file with their labels.</summary>
/// <param name="Images">The file with the images.</param>
/// <param name="Labels">The file with the labels; null if there is none.</param>
internal readonly record struct IdxPart(FileLocation Images, FileLocation? Labels);
