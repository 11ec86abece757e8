using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace N2D.PowerShell.Loader;

/// <summary>
/// Where the module's assemblies live: apart from PowerShell's and from those of other modules, so that each may have its own version
/// of a library that both use.
/// </summary>
/// <remarks>
/// This type alone is loaded into the default context. It stays there for as long as the process lives, whichever copy of the module it
/// came from, and serves all of them; so it does little and should go on doing just that.
/// </remarks>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly ConcurrentDictionary<string, Lazy<ModuleLoadContext>> Contexts = new(StringComparer.Ordinal);

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("N2D.PowerShell") => _folder = folder;

    /// <summary>Loads one of a module's assemblies into the module's context; asked again, it returns the same.</summary>
    /// <param name="folder">The folder with all assemblies of the module; what they need besides is PowerShell's.</param>
    /// <param name="name">The assembly's name, without extension.</param>
    public static Assembly LoadAssembly(string folder, string name) =>
        Contexts.GetOrAdd(Path.GetFullPath(folder), key => new(() => new ModuleLoadContext(key))).Value.LoadFromAssemblyName(new AssemblyName(name));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // What the module does not bring along comes from the default context: System.Management.Automation and .NET itself.
        var path = Path.Combine(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        ArgumentNullException.ThrowIfNull(unmanagedDllName);
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        foreach (var name in (ReadOnlySpan<string>)[unmanagedDllName, unmanagedDllName + extension, $"lib{unmanagedDllName}{extension}"])
        {
            var path = Path.Combine(_folder, name);
            if (File.Exists(path) && NativeLibrary.TryLoad(path, out var library))
            {
                return library;
            }
        }

        return IntPtr.Zero;
    }
}
