namespace N2D.Data;

/// <summary>A place in which the published files of a data set may be: a folder, an archive, or a list of files.</summary>
internal abstract class FilePlace
{
    /// <summary>Finds a file, compressed by gzip or not.</summary>
    /// <param name="name">The published path below the data set's folder, with <c>/</c> between folders, without .gz.</param>
    /// <returns>Null if it is not there.</returns>
    public abstract FileLocation? Find(string name);

    /// <summary>What errors call it.</summary>
    public abstract override string ToString();

    /// <summary>The names that a file has where it is offered: compressed or not, and with a point where some unpackers put it.</summary>
    /// <param name="name">The published name.</param>
    protected static IEnumerable<string> SpellingsOf(string name)
    {
        var pointed = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { name, $"{name}.gz", pointed, $"{pointed}.gz" }.Distinct();
    }
}
