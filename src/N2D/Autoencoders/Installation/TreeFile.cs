namespace N2D.Autoencoders;

/// <summary>A file of a folder or of an archive.</summary>
/// <param name="Name">The name, without folders.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Open">Opens the content.</param>
internal sealed record TreeFile(string Name, long Length, Func<Stream> Open);
