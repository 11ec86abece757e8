using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>A file that a training is saved in.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Interval">The least time from one save to the next; at the end it is saved in any case.</param>
public sealed record CheckpointFile(string Path, TimeSpan Interval)
{
    /// <summary>Refuses a file that no training could be saved in now, before any work is done for it.</summary>
    /// <exception cref="N2DException">A training that is running saves in it (<c>CheckpointInUse</c>), or it cannot be written (see <see cref="OutputFile.ThrowIfNotWritable"/>).</exception>
    public void ThrowIfNotUsable()
    {
        OutputFile.ThrowIfNotWritable(Path);
        CheckpointLock.Take(Path).Dispose();
    }
}
