using System.IO.Compression;
using N2D.Data;

namespace N2D.Autoencoders;

/// <summary>A zip archive of libtorch, a Python wheel, or a NuGet package, all of which have the same format.</summary>
internal sealed class ArchiveTree : FileTree
{
    private readonly ZipArchive _zip;

    /// <summary>Reads the directory of an archive.</summary>
    /// <param name="file">The archive. It is closed with the tree.</param>
    /// <exception cref="InvalidDataException">The file is not a zip archive, or is damaged.</exception>
    public ArchiveTree(FileStream file)
    {
        Path = file.Name;
        _zip = new ZipArchive(file, ZipArchiveMode.Read);
        var entries = _zip.Entries.Where(entry => entry.Name.Length > 0).ToArray();
        var native = $"runtimes/{LibtorchRelease.System}/native/";
        var folders = entries.Any(entry => FolderOf(entry) == native)
            ? [native]
            : entries.Where(entry => IsMain(entry.Name)).Select(FolderOf).ToHashSet(StringComparer.Ordinal);
        Files = [.. entries.Where(entry => folders.Contains(FolderOf(entry)) || LibraryFile.IsFragment(entry.Name)).Select(FileOf)];
        VersionFiles = [.. entries.Where(entry => entry.FullName.Count(c => c == '/') <= 1 && HasVersion(entry.Name)).Select(FileOf)];
    }

    public override string Path { get; }

    public override IReadOnlyList<TreeFile> Files { get; }

    public override IReadOnlyList<TreeFile> VersionFiles { get; }

    public override void Dispose() => _zip.Dispose();

    private static string FolderOf(ZipArchiveEntry entry) => entry.FullName[..^entry.Name.Length];

    private TreeFile FileOf(ZipArchiveEntry entry)
    {
        // Windows would take such a name for a path out of the folder, a drive, or a stream of a file.
        return entry.Name.AsSpan().ContainsAny('\\', '/', ':')
            ? throw new InvalidDataException($"it contains a file with the unsafe name '{entry.FullName}'")
            : new TreeFile(Path, entry.Name, entry.Length, () => new MemberStream(entry.Open(), entry.Length, entry.Crc32));
    }
}
