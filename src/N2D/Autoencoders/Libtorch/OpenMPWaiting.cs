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
    /// Sets the wait policy, to that of the user if there is one. Call it before libtorch is loaded, as the runtime reads the policy
    /// once.
    /// </summary>
    public static void MakePassive()
    {
        // On Windows, .NET changes the variables of the process, which the runtime reads. On other systems, the runtime reads those of the
        // C library, and .NET changes only its own copy.
        var policy = Environment.GetEnvironmentVariable(Variable) ?? "passive";
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(Variable, policy);
        }
        else
        {
            _ = SetEnvironmentVariable(Variable, policy, overwrite: 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
