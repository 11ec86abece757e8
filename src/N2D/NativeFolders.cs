using System.Runtime.InteropServices;

namespace N2D;

/// <summary>The folders of native libraries. A module for all systems has a folder for each of them.</summary>
/// <remarks>This file is also compiled into the loader of the module, which cannot reference the library.</remarks>
internal static class NativeFolders
{
    /// <summary>The folders that can contain a native library for this system, in the order of the search.</summary>
    /// <param name="folder">The folder of the assemblies, which contains the native libraries of a module for one system.</param>
    public static string[] Below(string folder)
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return [folder, Path.Combine(folder, $"{system}-{processor}"), Path.Combine(folder, system)];
    }
}
