using System.Security.Cryptography;
using System.Text;
using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>Keeps a checkpoint for one training at a time.</summary>
/// <remarks>
/// What is locked is a file beside it, as the checkpoint itself is a new file after each save. Its name is short and always the same for one checkpoint. The system
/// releases the lock of a process that ends, however it ends; a file system without locks gives every training its lock.
/// </remarks>
internal sealed class CheckpointLock : IDisposable
{
    private const int DigestBytes = 6;
    private const int MostAttempts = 10;

    private readonly FileStream _file;

    private CheckpointLock(FileStream file) => _file = file;

    /// <summary>Locks a checkpoint.</summary>
    /// <param name="path">Full path of the checkpoint.</param>
    /// <exception cref="N2DException">Another training has it (<c>CheckpointInUse</c>), or its folder takes no files (<c>FolderNotWritable</c>).</exception>
    public static CheckpointLock Take(string path)
    {
        var place = OutputPlace.Of(path);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var file = new FileStream(Path.Combine(place.Folder, NameOf(place.Path)), options);
                if (FileStatus.Of(file.SafeFileHandle) is not { LinkCount: 0 } || attempt == MostAttempts)
                {
                    return new CheckpointLock(file);
                }

                // Its last owner deleted it between our opening and our locking it.
                file.Dispose();
            }
            catch (IOException error) when (LockedFile.IsCauseOf(error))
            {
                throw new N2DException(
                    "CheckpointInUse",
                    ErrorKind.InvalidArgument,
                    $"'{path}' is the checkpoint of a training that is running. Wait until it ends, or give another -CheckpointPath.",
                    path,
                    error);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw place.FolderNotWritable(error);
            }
        }
    }

    /// <summary>Releases the checkpoint.</summary>
    public void Dispose() => _file.Dispose();

    private static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        var key = OperatingSystem.IsLinux() ? name : name.ToUpperInvariant();
        return $".n2d-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, DigestBytes))}.lock";
    }
}
