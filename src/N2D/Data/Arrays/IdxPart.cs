namespace N2D.Data;

/// <summary>A file of images and the file of their labels.</summary>
/// <param name="Images">Where the images are.</param>
/// <param name="Labels">Where the labels are; null if there are none.</param>
internal readonly record struct IdxPart(FileLocation Images, FileLocation? Labels);
