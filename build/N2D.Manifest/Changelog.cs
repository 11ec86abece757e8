namespace N2D.Manifest;

/// <summary>Reads the changelog.</summary>
internal static class Changelog
{
    private const string Heading = "## ";

    /// <summary>The text below the heading of a version, such as <c>## 0.1.0 (not released)</c>, up to the next such heading.</summary>
    /// <param name="path">The changelog, in Markdown.</param>
    /// <param name="version">The version, without a prerelease label.</param>
    /// <exception cref="ManifestException">There is no such heading, or no text below it.</exception>
    public static string SectionOf(string path, string version)
    {
        var section = File.ReadLines(path)
            .SkipWhile(line => line != Heading + version && !line.StartsWith($"{Heading}{version} ", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith(Heading, StringComparison.Ordinal));
        var text = string.Join('\n', section).Trim();
        return text.Length > 0 ? text : throw new ManifestException($"{path} says nothing about version {version}.");
    }
}
