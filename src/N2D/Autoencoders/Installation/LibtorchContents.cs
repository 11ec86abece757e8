using N2D.Data;

namespace N2D.Autoencoders;

/// <summary>The libtorch in the sources of an installation. It is checked as far as possible without loading it.</summary>
internal sealed class LibtorchContents : IDisposable
{
    /// <summary>What a source can be, for messages.</summary>
    public const string Hints = "a folder or a zip archive of libtorch, its NuGet packages, or a folder with them";

    private readonly List<FileTree> _trees = [];

    private LibtorchContents()
    {
    }

    /// <summary>The native libraries.</summary>
    public IReadOnlyList<LibraryFile> Libraries { get; private set; } = [];

    /// <summary>The version; null if no file names it.</summary>
    public string? Version { get; private set; }

    /// <summary>The path of the source with the library that every libtorch contains.</summary>
    public string Source => Find("torch_cpu")!.Source;

    /// <summary>The sum of the lengths of the libraries, in bytes.</summary>
    public long Length => Libraries.Sum(library => library.Length);

    /// <summary>Opens the sources and checks what they contain.</summary>
    /// <param name="paths">Full paths of folders and files.</param>
    /// <param name="hashes">
    /// The expected hashes of the files. An empty list checks NuGet packages with a hash beside them only; null checks no hash. A file
    /// stays open from the check of its hash to the last read, so a file that replaces it meanwhile is not read. On Linux and macOS, a
    /// program can still change the content in place. The checksums in the archive detect this, but a forger can adapt them.
    /// </param>
    /// <param name="kind">The kind of libtorch that they must contain.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// A source does not exist (<c>FileNotFound</c>), is not an archive (<c>NotAnArchive</c>), has another hash (<c>HashMismatch</c>), or
    /// contains no libtorch (<c>LibtorchNotFound</c>), an incomplete one (<c>LibtorchIncomplete</c>), one of another version
    /// (<c>LibtorchVersion</c>), for another system (<c>LibtorchSystem</c>) or of another kind (<c>LibtorchKind</c>).
    /// </exception>
    public static LibtorchContents Open(IReadOnlyList<string> paths, IReadOnlyList<string>? hashes, LibtorchKind kind, Execution execution)
    {
        var contents = new LibtorchContents();
        try
        {
            for (var index = 0; index < paths.Count; index++)
            {
                var (path, hash) = (paths[index], index < hashes?.Count ? hashes[index] : null);
                foreach (var file in FileTree.Translating(path, () => FilesOf(path, kind)))
                {
                    contents._trees.Add(FileTree.Translating(file, () => OpenTree(file, hash, hashes is not null, execution)));
                }
            }

            contents.Read(paths, kind);
            return contents;
        }
        catch
        {
            contents.Dispose();
            throw;
        }
    }

    /// <summary>Rejects a path that does not exist.</summary>
    /// <param name="path">Full path of a folder or a file.</param>
    /// <exception cref="N2DException">It does not exist (<c>FileNotFound</c>).</exception>
    public static void ThrowIfMissing(string path)
    {
        if (!Path.Exists(path))
        {
            // A kind that was meant as one, not as a path.
            var kind = Enum.GetNames<LibtorchKind>()
                .FirstOrDefault(name => name.Equals(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase));
            throw new N2DException(
                "FileNotFound",
                ErrorKind.NotFound,
                $"There is no '{path}'. Give {Hints}."
                    + (kind is null ? "" : $" To choose this kind of libtorch, set {nameof(LibtorchInstallOptions.Kind)} to {kind}."),
                path)
            { Options = kind is null ? [] : [nameof(LibtorchInstallOptions.Kind)] };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _trees.ForEach(tree => tree.Dispose());

    private static IReadOnlyList<string> FilesOf(string path, LibtorchKind kind)
    {
        ThrowIfMissing(path);
        if (!Directory.Exists(path) || FolderTree.Find(path) is not null)
        {
            return [path];
        }

        return PackageFolder.Find(path, kind) is { Count: > 0 } packages ? packages : throw NotFound([path], kind);
    }

    private static FileTree OpenTree(string path, string? hash, bool isChecked, Execution execution) =>
        (FileTree?)FolderTree.Find(path) ?? OpenArchive(path, isChecked ? hash ?? FileHash.Beside(path) : null, execution);

    private static ArchiveTree OpenArchive(string path, string? hash, Execution execution)
    {
        var file = InputFile.OpenForRereading(path);
        try
        {
            if (hash is not null)
            {
                FileHash.Check(file, hash, execution);
            }

            return new ArchiveTree(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void Read(IReadOnlyList<string> paths, LibtorchKind kind)
    {
        Libraries = LibraryFile.Find([.. _trees.SelectMany(tree => tree.Files)]);
        foreach (var tree in _trees)
        {
            var version = LibtorchVersion.Read(tree.VersionFiles);
            if (version?.StartsWith($"{LibtorchRelease.Series}.", StringComparison.Ordinal) == false)
            {
                throw new N2DException(
                    "LibtorchVersion",
                    ErrorKind.InvalidData,
                    $"'{tree.Path}' contains libtorch {version}, but N2D works with libtorch {LibtorchRelease.Series}. Download that "
                        + "version.",
                    tree.Path);
            }

            Version ??= version;
        }

        var main = Find("torch_cpu") ?? throw WithoutMain(paths, kind);
        if (!LibraryHeader.SystemsOf(main.Head(LibraryHeader.Length)).Contains(LibtorchRelease.System))
        {
            throw OtherSystem(main);
        }

        ThrowIfOtherKind(main, kind);
    }

    /// <summary>Libraries of other systems have other names, so none of them was found.</summary>
    private N2DException WithoutMain(IReadOnlyList<string> paths, LibtorchKind kind) =>
        _trees.SelectMany(tree => tree.Files).FirstOrDefault(file => FileTree.IsMain(file.Name)) is { } other
            ? OtherSystem(new LibraryFile(other.Name, [other], null))
            : NotFound(paths, kind);

    private void ThrowIfOtherKind(LibraryFile main, LibtorchKind kind)
    {
        var source = (Find("torch_cuda") ?? main).Source;
        if (Find("torch_cuda") is null == (kind == LibtorchKind.Cuda))
        {
            var (found, other) = kind == LibtorchKind.Cuda ? ("no CUDA", LibtorchKind.Cpu) : ("CUDA", LibtorchKind.Cuda);
            throw new N2DException(
                "LibtorchKind",
                ErrorKind.InvalidArgument,
                $"The libtorch in '{source}' has {found}. Set {nameof(LibtorchInstallOptions.Kind)} to {other}, or use another libtorch.",
                source)
            { Options = [nameof(LibtorchInstallOptions.Kind)] };
        }

        // Installed as a Python package, PyTorch has CUDA's libraries in other folders.
        if (kind == LibtorchKind.Cuda && !Libraries.Any(library => library.Name.Contains("cudart", StringComparison.OrdinalIgnoreCase)))
        {
            throw new N2DException(
                "LibtorchIncomplete",
                ErrorKind.InvalidData,
                $"The libtorch in '{source}' lacks the libraries of CUDA (cudart). If it belongs to a PyTorch installation, they are in "
                    + $"other folders: set the environment variable {LibtorchFolder.Variable} to its folder instead of installing it.",
                source);
        }
    }

    private LibraryFile? Find(string library) => Libraries.FirstOrDefault(file => file.Name == LibtorchFolder.FileNameOf(library));

    private static N2DException OtherSystem(LibraryFile library)
    {
        var systems = LibraryHeader.SystemsOf(library.Head(LibraryHeader.Length));
        var found = systems.Count == 0
            ? $"'{library.Name}' in '{library.Source}' is not a library, or is damaged."
            : $"The libtorch in '{library.Source}' is for {string.Join(" and ", systems)}.";
        return new N2DException(
            "LibtorchSystem", ErrorKind.InvalidData, $"{found} This process needs one for {LibtorchRelease.System}.", library.Source);
    }

    private static N2DException NotFound(IReadOnlyList<string> paths, LibtorchKind kind) => new(
        "LibtorchNotFound",
        ErrorKind.NotFound,
        $"{string.Join(", ", paths.Select(path => $"'{path}'"))} {(paths.Count == 1 ? "contains" : "contain")} neither libtorch nor its "
            + $"NuGet packages ({LibtorchRelease.PackageOf(kind)}.{LibtorchRelease.Version}.nupkg). Give {Hints}.",
        paths[0]);
}
