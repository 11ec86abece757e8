using N2D.Files;

namespace N2D.Studies;

/// <summary>The claim of a local process to a task: a locked file.</summary>
internal static class TaskClaim
{
    private const int AttemptCount = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Claims a task; null if another process has it.</summary>
    public static IDisposable? TryTake(StudyFolder folder, StudyTask task)
    {
        // IsTaken holds the lock for a moment, so one attempt can fail although no process runs the task.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return LockedFile.Take(FileOf(folder, task.Key));
            }
            catch (IOException error) when (LockedFile.IsCauseOf(error))
            {
                if (attempt == AttemptCount)
                {
                    return null;
                }

                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Whether a process has a task.</summary>
    public static bool IsTaken(StudyFolder folder, StudyTask task) => IsLocked(FileOf(folder, task.Key));

    /// <summary>Whether a process holds the lock of a file.</summary>
    public static bool IsLocked(string path)
    {
        try
        {
            using var file = File.Exists(path) ? LockedFile.Take(path) : null;
            return false;
        }
        catch (IOException error) when (LockedFile.IsCauseOf(error))
        {
            return true;
        }
    }

    private static string FileOf(StudyFolder folder, string key) => folder.PathOf(StudyPart.Claims, key + ".lock");
}
