namespace N2D.Data;

/// <summary>Files that are given one by one, in any folders.</summary>
/// <param name="paths">The full paths.</param>
internal sealed class GivenFiles(IReadOnlyList<string> paths) : FilePlace
{
    /// <inheritdoc/>
    public override FileLocation? Find(string name)
    {
        var path = SpellingsOf(Path.GetFileName(name)).Select(WithName).FirstOrDefault(path => path is not null);
        return path is null ? null : new FileLocation(path);

        string? WithName(string spelling) =>
            paths.FirstOrDefault(path => Path.GetFileName(path).Equals(spelling, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", paths.Select(path => $"'{path}'"));
}
