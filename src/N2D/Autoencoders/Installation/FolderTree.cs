using N2D.Data;

namespace N2D.Autoencoders;

/// <summary>A folder with libtorch: its libraries, an unpacked archive or package, or the installation of PyTorch.</summary>
internal sealed class FolderTree : FileTree
{
    /// <summary>The folders that can contain the libraries: those of the archive, of PyTorch and of a NuGet package.</summary>
    private static readonly string[] Places = ["", "lib", "libtorch/lib", "torch/lib", $"runtimes/{LibtorchRelease.System}/native"];

    private FolderTree(string path, string place)
    {
        Path = path;
        Files = FilesIn(place, path);
        VersionFiles = [.. RootsOf(place).SelectMany(folder => FilesIn(folder, path)).Where(file => HasVersion(file.Name))];
    }

    public override string Path { get; }

    public override IReadOnlyList<TreeFile> Files { get; }

    public override IReadOnlyList<TreeFile> VersionFiles { get; }

    public override void Dispose()
    {
    }

    /// <summary>Finds the libraries of a folder.</summary>
    /// <param name="path">Full path of the folder.</param>
    /// <returns>Null if it has none.</returns>
    public static FolderTree? Find(string path) =>
        Places.Select(place => System.IO.Path.GetFullPath(System.IO.Path.Combine(path, place)))
            .Where(Directory.Exists)
            .Where(place => Directory.EnumerateFiles(place).Any(file => IsMain(System.IO.Path.GetFileName(file))))
            .Select(place => new FolderTree(path, System.IO.Path.TrimEndingDirectorySeparator(place)))
            .FirstOrDefault();

    /// <summary>The folders that can contain the version: that of the libraries and, if this is their usual place, the root.</summary>
    private static IEnumerable<string> RootsOf(string place)
    {
        yield return place;
        var depth = System.IO.Path.GetFileName(place) switch { "lib" => 1, "native" => 3, _ => 0 };
        var root = place;
        for (var level = 0; level < depth && root is not null; level++)
        {
            root = System.IO.Path.GetDirectoryName(root);
        }

        if (depth > 0 && root is not null)
        {
            yield return root;
        }
    }

    private static TreeFile[] FilesIn(string folder, string source)
    {
        try
        {
            return [.. new DirectoryInfo(folder).GetFiles()
                .Select(file => new TreeFile(source, file.Name, file.Length, () => InputFile.OpenOnDisk(file.FullName)))];
        }
        catch (UnauthorizedAccessException)
        {
            // A folder above the libraries, which only names the version.
            return [];
        }
    }
}
