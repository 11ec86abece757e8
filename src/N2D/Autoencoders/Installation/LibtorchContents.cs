using System.Xml;
using N2D.Data;
using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>The libtorch in the sources of an installation. It is checked as far as possible without loading it.</summary>
internal sealed class LibtorchContents : IDisposable
{
    private const string Hints = "a folder or a zip archive of libtorch, its NuGet packages, or a folder with them";

    private readonly List<FileTree> _trees = [];

    private LibtorchContents()
    {
    }

    /// <summary>The native libraries.</summary>
    public IReadOnlyList<LibraryFile> Libraries { get; private set; } = [];

    /// <summary>The version; null if no file names it.</summary>
    public string? Version { get; private set; }

    /// <summary>The sum of the lengths of the libraries, in bytes.</summary>
    public long Length => Libraries.Sum(library => library.Length);

    /// <summary>Opens the sources and checks what they contain.</summary>
    /// <param name="paths">Full paths of folders and files.</param>
    /// <param name="hashes">
    /// The expected hashes of the files. If there are none, NuGet packages with a hash beside them are checked; null checks no hash. A file
    /// stays open from the check of its hash to the last read, so the content that is read is the one that was checked.
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
                foreach (var file in FilesOf(paths[index], kind))
                {
                    var hash = hashes is null ? null : index < hashes.Count ? hashes[index] : HashBeside(file);
                    contents._trees.Add(OpenTree(file, hash, execution));
                }
            }

            contents.Read(paths[0], kind);
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

        return PackageFolder.Find(path, kind) is { Count: > 0 } packages ? packages : throw NotFound(path, kind);
    }

    private static FileTree OpenTree(string path, string? hash, Execution execution) =>
        FolderTree.Find(path) is { } folder ? folder : InputFile.Translating(path, () => OpenArchive(path, hash, execution));

    /// <summary>NuGet's cache has the hash of each package beside it.</summary>
    private static string? HashBeside(string path)
    {
        var file = $"{path}.sha512";
        return File.Exists(file) ? SharedFile.ReadLines(file).FirstOrDefault() : null;
    }

    private static ArchiveTree OpenArchive(string path, string? hash, Execution execution)
    {
        var file = InputFile.OpenUnchanging(path);
        try
        {
            if (hash is not null)
            {
                FileHash.Check(file, hash, execution);
            }

            return new ArchiveTree(file);
        }
        catch (InvalidDataException error)
        {
            file.Dispose();
            throw new N2DException(
                "NotAnArchive",
                ErrorKind.InvalidData,
                $"'{path}' is not a zip archive, or is damaged: {error.Message.TrimEnd('.')}. Give {Hints}.",
                path,
                error);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void Read(string source, LibtorchKind kind)
    {
        try
        {
            Libraries = LibraryFile.Find([.. _trees.SelectMany(tree => tree.Files)]);
            string[] versions = [.. _trees.Select(tree => LibtorchVersion.Read(tree.VersionFiles)).OfType<string>()];
            Version = versions.FirstOrDefault(version => !IsExpected(version)) ?? versions.FirstOrDefault();
        }
        catch (Exception error) when (error is XmlException or InvalidDataException)
        {
            throw new N2DException("NotAnArchive", ErrorKind.InvalidData, $"'{source}' is damaged: {error.Message}", source, error);
        }

        if (Version is { } version && !IsExpected(version))
        {
            throw new N2DException(
                "LibtorchVersion",
                ErrorKind.InvalidData,
                $"'{source}' contains libtorch {version}, but N2D works with libtorch {LibtorchRelease.Series}. Download that version.",
                source);
        }

        ThrowIfForOtherSystem(source, kind);
        ThrowIfOtherKind(source, kind);
    }

    private void ThrowIfForOtherSystem(string source, LibtorchKind kind)
    {
        // Libraries of other systems have other names, so no library of this system was found.
        if (!Has("torch_cpu"))
        {
            var main = _trees.SelectMany(tree => tree.Files).FirstOrDefault(file => FileTree.IsMain(file.Name));
            throw main is null ? NotFound(source, kind) : OtherSystem(source, new LibraryFile(main.Name, [main], null));
        }

        var library = Libraries.First(library => library.Name == LibtorchFolder.FileNameOf("torch_cpu"));
        if (!LibraryHeader.SystemsOf(library.Head(LibraryHeader.Length)).Contains(LibtorchRelease.System))
        {
            throw OtherSystem(source, library);
        }
    }

    private void ThrowIfOtherKind(string source, LibtorchKind kind)
    {
        if (Has("torch_cuda") != (kind == LibtorchKind.Cuda))
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

    private bool Has(string library) => Libraries.Any(file => file.Name == LibtorchFolder.FileNameOf(library));

    private static bool IsExpected(string version) => version.StartsWith($"{LibtorchRelease.Series}.", StringComparison.Ordinal);

    private static N2DException OtherSystem(string source, LibraryFile library)
    {
        var systems = LibraryHeader.SystemsOf(library.Head(LibraryHeader.Length));
        var found = systems.Count == 0
            ? $"'{library.Name}' in '{source}' is not a library, or is damaged."
            : $"The libtorch in '{source}' is for {string.Join(" and ", systems)}.";
        return new N2DException(
            "LibtorchSystem", ErrorKind.InvalidData, $"{found} This process needs one for {LibtorchRelease.System}.", source);
    }

    private static N2DException NotFound(string source, LibtorchKind kind) => new(
        "LibtorchNotFound",
        ErrorKind.NotFound,
        $"'{source}' contains neither libtorch nor its NuGet packages ({LibtorchRelease.PackageOf(kind)}.{LibtorchRelease.Version}.nupkg). "
            + $"Give {Hints}.",
        source);
}
