using System.Runtime.InteropServices;

namespace N2D.Tests.Files;

/// <summary>Looks at the file system as a user without rights does: on Linux, of a test that runs as root.</summary>
internal static partial class AsNobody
{
    /// <summary>The user, whom Linux calls nobody.</summary>
    public const uint Id = 65534;

    /// <summary>Does work on a thread of its own, whose rights alone are changed (setfsuid(2)).</summary>
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
