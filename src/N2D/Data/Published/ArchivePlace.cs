namespace N2D.Data;

/// <summary>An archive that contains the published files, or an archive of them, in any folder.</summary>
/// <param name="archive">The location of the archive.</param>
internal sealed class ArchivePlace(FileLocation archive) : FilePlace
{
    private string[]? _names;

    private string[] Names => _names ??= InputFile.Translating(archive.ToString(), () =>
    {
        using var file = ArchiveFile.Open(archive);
        return file.Names.Order(StringComparer.Ordinal).ToArray();
    });

    private ArchivePlace[] InnerArchives => field ??=
        [.. Names.Where(ArchiveFile.HasArchiveExtension).Select(name => new ArchivePlace(new FileLocation(name, archive)))];

    /// <inheritdoc/>
    public override FileLocation? Find(string name) =>
        SpellingsOf(name).Select(Locate).FirstOrDefault(location => location is not null)
        ?? InnerArchives.Select(inner => inner.Find(name)).FirstOrDefault(location => location is not null);

    /// <inheritdoc/>
    public override string ToString() => $"'{archive}'";

    /// <summary>Finds the file whose path ends with the given one. Of several, it is the one with the shortest path.</summary>
    private FileLocation? Locate(string spelling)
    {
        var found = Names.Where(IsMatch).MinBy(name => name.Length);
        return found is null ? null : new FileLocation(found, archive);

        bool IsMatch(string name) =>
            name.Equals(spelling, StringComparison.OrdinalIgnoreCase) || name.EndsWith($"/{spelling}", StringComparison.OrdinalIgnoreCase);
    }
}
