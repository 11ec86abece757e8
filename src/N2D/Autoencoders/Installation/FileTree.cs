namespace N2D.Autoencoders;

/// <summary>A folder or an archive that contains libtorch, or a part of it.</summary>
internal abstract class FileTree : IDisposable
{
    /// <summary>The names of the library that every libtorch contains, on all systems.</summary>
    private static readonly string[] MainFiles = ["libtorch_cpu.so", "torch_cpu.dll", "libtorch_cpu.dylib"];

    /// <summary>The path of the folder or the archive.</summary>
    public abstract string Path { get; }

    /// <summary>The files of the folder with the libraries.</summary>
    public abstract IReadOnlyList<TreeFile> Files { get; }

    /// <summary>The files that can contain the version, see <see cref="LibtorchVersion"/>.</summary>
    public abstract IReadOnlyList<TreeFile> VersionFiles { get; }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Whether a file is the library that every libtorch contains.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsMain(string name) => Array.IndexOf(MainFiles, name) >= 0;

    /// <summary>Whether a file can contain the version.</summary>
    /// <param name="name">Its name.</param>
    protected static bool HasVersion(string name) =>
        name is LibtorchVersion.OfArchive or LibtorchVersion.OfPython
            || System.IO.Path.GetExtension(name) == LibtorchVersion.OfPackage;
}
