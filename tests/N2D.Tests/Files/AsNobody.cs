using System.Runtime.InteropServices;

namespace N2D.Tests.Files;

/// <summary>Accesses the file system as a user without permissions, on Linux in tests that run as root.</summary>
internal static partial class AsNobody
{
    /// <summary>The Linux user named nobody.</summary>
    public const uint Id = 65534;

    /// <summary>Runs work on its own thread and changes only the permissions of this thread (setfsuid(2)).</summary>
    public static void Do(Action work)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            _ = SetGroup(Id);
            _ = SetUser(Id);
            try
            {
                work();
            }
            catch (Exception error) when (error is N2DException or IOException or UnauthorizedAccessException)
            {
                failure = error;
            }
            finally
            {
                _ = SetUser(0);
                _ = SetGroup(0);
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>The error of work.</summary>
    public static N2DException Failing(Action work) => Assert.Throws<N2DException>(() => Do(work));

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetUser(uint id);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    private static partial int SetGroup(uint id);
}
