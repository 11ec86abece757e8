using Microsoft.Win32.SafeHandles;

namespace N2D.Files;

/// <summary>
/// Opens files for reading. Other programs, such as spreadsheets and loggers, can keep them open for writing, rename them, replace them and
/// delete them meanwhile, unless a method says otherwise.
/// </summary>
internal static class SharedFile
{
    private const FileShare Sharing = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Opens a file as a stream.</summary>
    /// <param name="path">Full path.</param>
    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, Sharing, bufferSize: 1 << 12, FileOptions.SequentialScan);

    /// <summary>
    /// Opens a file that is read more than once, such as for a hash and then for its content. Until it is closed, Windows keeps other
    /// programs from writing to it. Linux and macOS do not.
    /// </summary>
    /// <param name="path">Full path.</param>
    public static FileStream OpenForRereading(string path) => new(path, FileMode.Open, FileAccess.Read, Sharing & ~FileShare.Write);

    /// <summary>Reads the lines of a UTF-8 file.</summary>
    /// <param name="path">Full path.</param>
    public static IEnumerable<string> ReadLines(string path)
    {
        using var text = new StreamReader(Open(path));
        while (text.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Opens a file for reads at any position.</summary>
    /// <param name="path">Full path.</param>
    public static SafeFileHandle OpenHandle(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, Sharing);
}
