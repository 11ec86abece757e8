namespace N2D.Data;

/// <summary>Where a file is: on disk, or in an archive, which may itself be in one.</summary>
/// <param name="Path">Full path on disk, or the path within the archive.</param>
/// <param name="Archive">The archive; null for a file on disk.</param>
internal sealed record FileLocation(string Path, FileLocation? Archive = null)
{
    /// <summary>What errors call it.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The full path, with those of the archives around it first.</summary>
    public override string ToString() => Archive is null ? Path : $"{Archive} > {Path}";
}
