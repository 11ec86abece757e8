namespace N2D.Autoencoders;

/// <summary>A file of a folder or of an archive.</summary>
/// <param name="Source">The path of the folder or of the archive.</param>
/// <param name="Name">The name, without folders.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Open">Opens the content.</param>
internal sealed record TreeFile(string Source, string Name, long Length, Func<Stream> Open)
{
    /// <summary>Opens the content, reads from it and closes it.</summary>
    /// <param name="read">Reads from the content.</param>
    /// <exception cref="N2DException">See <see cref="FileTree.Translating"/>. The error names the source.</exception>
    public TResult Read<TResult>(Func<Stream, TResult> read) => FileTree.Translating(Source, () =>
    {
        using var content = Open();
        return read(content);
    });
}
