using System.Security.Cryptography;
using System.Text;
using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>Locks a checkpoint, so that only one training uses it.</summary>
/// <remarks>
/// The locked file is a separate one in the same folder, because each save replaces the checkpoint by a new file. Its name is short and
/// depends only on the name of the checkpoint. The system releases the lock when the process ends, even if it crashes. On a file system
/// without locks, every training gets the lock.
/// </remarks>
internal sealed class CheckpointLock : IDisposable
{
    /// <summary>The id of the error that another training has the lock.</summary>
    public const string InUse = "CheckpointInUse";

    private const int DigestBytes = 6;

    private readonly FileStream _file;

    private CheckpointLock(FileStream file) => _file = file;

    /// <summary>Locks a checkpoint.</summary>
    /// <param name="path">Full path of the checkpoint.</param>
    /// <exception cref="N2DException">
    /// Another training has the lock (<c>CheckpointInUse</c>), or its folder is not writable (<c>FolderNotWritable</c>).
    /// </exception>
    public static CheckpointLock Take(string path)
    {
        var place = OutputPlace.Of(path);
        try
        {
            return new CheckpointLock(LockedFile.Take(Path.Combine(place.Folder, NameOf(place.Path))));
        }
        catch (IOException error) when (LockedFile.IsCauseOf(error))
        {
            throw new N2DException(
                InUse,
                ErrorKind.InvalidArgument,
                $"The checkpoint '{path}' is in use by a running training. Wait until that ends, or use another CheckpointPath.",
                path,
                error)
            { Options = ["CheckpointPath"] };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw place.FolderNotWritable(error);
        }
    }

    /// <summary>Releases the checkpoint.</summary>
    public void Dispose() => _file.Dispose();

    private static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        var key = FilePaths.HaveCase ? name : name.ToUpperInvariant();
        return $".n2d-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, DigestBytes))}.lock";
    }
}
