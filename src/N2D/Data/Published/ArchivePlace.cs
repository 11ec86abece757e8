namespace N2D.Data;

/// <summary>An archive of the published files, or of an archive of them; they may lie in any folder of it.</summary>
/// <param name="archive">Where it is.</param>
internal sealed class ArchivePlace(FileLocation archive) : FilePlace
{
    private string[]? _names;

    private string[] Names => _names ??= InputFile.Translating(archive.ToString(), () =>
    {
        using var file = ArchiveFile.Open(archive);
        return file.Names.Order(StringComparer.Ordinal).ToArray();
    });

    private ArchivePlace[] InnerArchives => field ??= [.. Names.Where(ArchiveFile.HasArchiveExtension).Select(name => new ArchivePlace(new FileLocation(name, archive)))];

    /// <inheritdoc/>
    public override FileLocation? Find(string name) => SpellingsOf(name).Select(Locate).FirstOrDefault(location => location is not null)
        ?? InnerArchives.Select(inner => inner.Find(name)).FirstOrDefault(location => location is not null);

    /// <inheritdoc/>
    public override string ToString() => $"'{archive}'";

    /// <summary>The file that ends with the path, in the uppermost folder that has one.</summary>
    private FileLocation? Locate(string spelling)
    {
        var found = Names.Where(name => name.Equals(spelling, StringComparison.OrdinalIgnoreCase) || name.EndsWith($"/{spelling}", StringComparison.OrdinalIgnoreCase))
            .MinBy(name => name.Length);
        return found is null ? null : new FileLocation(found, archive);
    }
}
