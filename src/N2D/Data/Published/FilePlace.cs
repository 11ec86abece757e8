namespace N2D.Data;

/// <summary>A place that can contain the published files of a data set: a folder, an archive, or a list of files.</summary>
internal abstract class FilePlace
{
    /// <summary>Finds a file, with or without gzip compression.</summary>
    /// <param name="name">The published path in the folder of the data set, with <c>/</c> between folders, without .gz.</param>
    /// <returns>Null if the file does not exist.</returns>
    public abstract FileLocation? Find(string name);

    /// <summary>Returns the name of the place in errors.</summary>
    public abstract override string ToString();

    /// <summary>
    /// Returns the names under which a file is distributed: with and without .gz, and with a point before <c>idx</c>, as some tools unpack
    /// it.
    /// </summary>
    /// <param name="name">The published name.</param>
    protected static IEnumerable<string> SpellingsOf(string name)
    {
        var pointed = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { name, $"{name}.gz", pointed, $"{pointed}.gz" }.Distinct();
    }
}
