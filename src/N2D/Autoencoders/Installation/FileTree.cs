using System.Xml;
using N2D.Data;

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

    /// <summary>Reads a source, and converts exceptions of the system to errors that name it.</summary>
    /// <param name="source">The path of a folder or an archive.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="N2DException">
    /// The source is damaged or has another format (<c>NotAnArchive</c>), or cannot be read (see <see cref="InputFile.Translating"/>).
    /// </exception>
    public static TResult Translating<TResult>(string source, Func<TResult> read) => InputFile.Translating(source, () =>
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is XmlException or InvalidDataException)
        {
            throw new N2DException(
                "NotAnArchive",
                ErrorKind.InvalidData,
                $"'{source}' is not a zip archive, or is damaged: {error.Message.TrimEnd('.')}. Give {LibtorchContents.Hints}.",
                source,
                error);
        }
    });

    /// <summary>Whether a file is the library that every libtorch contains.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsMain(string name) => Array.IndexOf(MainFiles, name) >= 0;

    /// <summary>Whether a file can contain the version.</summary>
    /// <param name="name">Its name.</param>
    protected static bool HasVersion(string name) =>
        name is LibtorchVersion.OfArchive or LibtorchVersion.OfPython
            || System.IO.Path.GetExtension(name) == LibtorchVersion.OfPackage;
}
