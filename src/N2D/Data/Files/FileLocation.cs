namespace N2D.Data;

/// <summary>The location of a file: on disk, or in an archive, which can be in another archive.</summary>
/// <param name="Path">Full path on disk, or the path within the archive.</param>
/// <param name="Archive">The archive; null for a file on disk.</param>
internal sealed record FileLocation(string Path, FileLocation? Archive = null)
{
    /// <summary>The name of the file in messages.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The full path, preceded by the paths of the enclosing archives.</summary>
    public override string ToString() => Archive is null ? Path : $"{Archive} > {Path}";
}
