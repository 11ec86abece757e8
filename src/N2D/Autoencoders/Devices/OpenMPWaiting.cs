using System.Runtime.InteropServices;

namespace N2D.Autoencoders;

/// <summary>
/// Tells the OpenMP runtime that libtorch brings along to put waiting threads to sleep. By default they spin, which saves microseconds on an idle
/// machine and costs whole time slices on a busy one: with other work on both of two cores, training ran nine times slower.
/// </summary>
internal static partial class OpenMPWaiting
{
    private const string Variable = "OMP_WAIT_POLICY";

    /// <summary>Sets the policy, unless the user has. It is read once, when the runtime loads.</summary>
    /// <remarks>On Linux alone: there .NET keeps environment variables to itself, so that the C library has to be told.</remarks>
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
