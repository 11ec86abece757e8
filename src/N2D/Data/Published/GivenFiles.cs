namespace N2D.Data;

/// <summary>Files that were given one by one, whatever folder each is in.</summary>
/// <param name="paths">Full paths.</param>
internal sealed class GivenFiles(IReadOnlyList<string> paths) : FilePlace
{
    /// <inheritdoc/>
    public override FileLocation? Find(string name)
    {
        var path = SpellingsOf(Path.GetFileName(name)).Select(spelling => paths.FirstOrDefault(path => Path.GetFileName(path).Equals(spelling, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(path => path is not null);
        return path is null ? null : new FileLocation(path);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", paths.Select(path => $"'{path}'"));
}
