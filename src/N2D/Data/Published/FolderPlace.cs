namespace N2D.Data;

/// <summary>A folder that contains the published files.</summary>
/// <param name="path">The full path. The folder need not exist.</param>
internal sealed class FolderPlace(string path) : FilePlace
{
    private static readonly EnumerationOptions AnyCase = new() { MatchCasing = MatchCasing.CaseInsensitive, IgnoreInaccessible = true };

    /// <inheritdoc/>
    public override FileLocation? Find(string name) => SpellingsOf(name).Select(Locate).FirstOrDefault(location => location is not null);

    /// <inheritdoc/>
    public override string ToString() => Directory.Exists(path) ? $"'{path}'" : $"'{path}' (which does not exist)";

    private FileLocation? Locate(string spelling)
    {
        var folder = Path.Combine(path, Path.GetDirectoryName(spelling)!);
        var file = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, Path.GetFileName(spelling), AnyCase).Order(StringComparer.Ordinal).FirstOrDefault()
            : null;
        return file is null ? null : new FileLocation(file);
    }
}
