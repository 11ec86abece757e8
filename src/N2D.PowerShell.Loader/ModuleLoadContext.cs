using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace N2D.PowerShell.Loader;

/// <summary>
/// The load context of the module's assemblies. It isolates them from those of PowerShell and of other modules, so that each can use its
/// own version of a library.
/// </summary>
/// <remarks>
/// Only this type is loaded into the default context. It stays there until the process ends and serves all copies of the module, so keep it
/// small and do not change its interface.
/// </remarks>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly ConcurrentDictionary<string, Lazy<ModuleLoadContext>> Contexts = new(StringComparer.Ordinal);

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("N2D.PowerShell") => _folder = folder;

    /// <summary>Loads an assembly into the context of a module, once.</summary>
    /// <param name="folder">The folder of the module's assemblies. Other assemblies come from PowerShell.</param>
    /// <param name="name">The assembly's name, without extension.</param>
    public static Assembly LoadAssembly(string folder, string name) =>
        Contexts.GetOrAdd(
            Path.GetFullPath(folder), key => new(() => new ModuleLoadContext(key))).Value.LoadFromAssemblyName(new AssemblyName(name));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Other assemblies, such as System.Management.Automation and .NET itself, come from the default context.
        var path = Path.Combine(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        ArgumentNullException.ThrowIfNull(unmanagedDllName);
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string[] names = [unmanagedDllName, unmanagedDllName + extension, $"lib{unmanagedDllName}{extension}"];
        foreach (var folder in NativeFolders.Below(_folder))
        {
            foreach (var name in names)
            {
                var path = Path.Combine(folder, name);
                if (File.Exists(path) && NativeLibrary.TryLoad(path, out var library))
                {
                    return library;
                }
            }
        }

        return IntPtr.Zero;
    }
}
