using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>A file that a training is saved to.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Interval">The minimum time between two saves. The training is also saved at its end.</param>
public sealed record CheckpointFile(string Path, TimeSpan Interval)
{
    /// <summary>Rejects a file that the training cannot be saved to, before the training starts.</summary>
    /// <exception cref="N2DException">
    /// The file is in use by a running training (<c>CheckpointInUse</c>), or cannot be written
    /// (see <see cref="OutputFile.ThrowIfNotWritable"/>).
    /// </exception>
    public void ThrowIfNotUsable()
    {
        OutputFile.ThrowIfNotWritable(Path);
        CheckpointLock.Take(Path).Dispose();
    }
}
