using System.Runtime.InteropServices;

namespace N2D;

/// <summary>The folders of native libraries. A module for all systems has a folder for each of them.</summary>
/// <remarks>This file is also compiled into the loader of the module, which cannot reference the library.</remarks>
internal static class NativeFolders
{
    /// <summary>The name of this system: <c>win</c>, <c>osx</c> or <c>linux</c>.</summary>
    public static string System { get; } = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    /// <summary>The name of the processor of this process, such as <c>x64</c>.</summary>
    public static string Processor { get; } = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The folders that can contain a native library for this system, in the order of the search.</summary>
    /// <param name="folder">The folder of the assemblies, which contains the native libraries of a module for one system.</param>
    public static string[] Below(string folder) =>
        [folder, Path.Combine(folder, $"{System}-{Processor}"), Path.Combine(folder, System)];
}
