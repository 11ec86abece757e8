using System.Runtime.InteropServices;

namespace N2D.Autoencoders;

/// <summary>
/// Makes waiting threads of libtorch's OpenMP runtime sleep. By default they spin, which saves microseconds on an idle machine but costs
/// whole time slices on a busy one: with other work on both of two cores, training was nine times slower.
/// </summary>
internal static partial class OpenMPWaiting
{
    private const string Variable = "OMP_WAIT_POLICY";

    /// <summary>
    /// Sets the wait policy unless the user has set it. Call it before libtorch is loaded, as the runtime reads the policy once.
    /// </summary>
    /// <remarks>Only on Linux. There, .NET does not pass changes of environment variables to the C library, so this calls setenv.</remarks>
    public static void MakePassive()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetEnvironmentVariable(Variable, "passive", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
