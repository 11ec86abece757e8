using System.Text.RegularExpressions;

namespace N2D.Autoencoders;

/// <summary>
/// Finds NuGet packages of libtorch in a folder: <c>ID.VERSION.nupkg</c>, or <c>ID/VERSION/ID.VERSION.nupkg</c> as in NuGet's own cache.
/// </summary>
internal static partial class PackageFolder
{
    /// <summary>Returns the packages of a kind for this system: those of the newest version that TorchSharp works with.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="kind">The kind.</param>
    /// <returns>Full paths, in order; nothing if there are none.</returns>
    public static IReadOnlyList<string> Find(string folder, LibtorchKind kind) =>
        Directory.EnumerateFiles(folder, "libtorch-*.nupkg")
            .Concat(Directory.EnumerateDirectories(folder, "libtorch-*").SelectMany(Directory.EnumerateDirectories)
                .SelectMany(version => Directory.EnumerateFiles(version, "libtorch-*.nupkg")))
            .Select(path => (Path: path, Match: PackageFile().Match(Path.GetFileName(path))))
            .Where(file => file.Match.Success
                && (file.Match.Groups["cuda"].Success ? LibtorchKind.Cuda : LibtorchKind.Cpu) == kind
                && file.Match.Groups["system"].Value == LibtorchRelease.System
                && file.Match.Groups["version"].Value.StartsWith($"{LibtorchRelease.Series}.", StringComparison.Ordinal))
            .GroupBy(file => (Cuda: VersionOf(file.Match.Groups["cuda"]), Version: VersionOf(file.Match.Groups["version"])))
            .OrderByDescending(group => group.Key)
            .Select(group => group.Select(file => file.Path).Order(StringComparer.Ordinal).ToArray())
            .FirstOrDefault() ?? [];

    private static Version VersionOf(Group group) => group.Success ? new Version(group.Value) : new Version();

    [GeneratedRegex(
        @"^libtorch-(cpu|cuda-(?<cuda>\d{1,4}\.\d{1,4}))-(?<system>[a-z]+-[a-z0-9]+)(-part[a-z0-9-]+)?\."
            + @"(?<version>\d{1,4}\.\d{1,4}\.\d{1,4}(\.\d{1,4})?)\.nupkg$",
        RegexOptions.IgnoreCase)]
    private static partial Regex PackageFile();
}
