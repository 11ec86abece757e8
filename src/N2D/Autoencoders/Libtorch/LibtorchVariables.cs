using System.Runtime.InteropServices;

namespace N2D.Autoencoders;

/// <summary>Environment variables that libtorch reads once, when it is loaded. Values of the user are kept.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>OMP_WAIT_POLICY: waiting threads of OpenMP sleep. By default they spin, which saves microseconds on an idle machine but costs
/// whole time slices on a busy one: with other work on both of two cores, training was nine times slower.</item>
/// <item>ONEDNN_MAX_CPU_ISA: convolutions use AVX2. With AVX-512, those of libtorch 2.10 returned NaN on a virtual machine with an AMD EPYC
/// of family 26 (Zen 5), with one thread as with several.</item>
/// </list>
/// </remarks>
internal static partial class LibtorchVariables
{
    private static readonly (string Name, string Value)[] Defaults = [("OMP_WAIT_POLICY", "passive"), ("ONEDNN_MAX_CPU_ISA", "AVX2")];

    /// <summary>Sets the variables. Call it before libtorch is loaded.</summary>
    public static void Set()
    {
        foreach (var (name, value) in Defaults)
        {
            Set(name, Environment.GetEnvironmentVariable(name) ?? value);
        }
    }

    /// <summary>
    /// Sets a variable of the process. On Windows, .NET does so. On other systems, native libraries read those of the C library, and .NET
    /// changes only its own copy.
    /// </summary>
    private static void Set(string name, string value)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(name, value);
        }
        else
        {
            _ = SetEnvironmentVariable(name, value, overwrite: 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
