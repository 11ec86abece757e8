using System.Runtime.InteropServices;
using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>
/// Loads libtorch, the native library that trains the autoencoder: on first need, never before, because it is half a gigabyte.
/// </summary>
/// <remarks>
/// Whoever calls into TorchSharp calls <see cref="EnsureLoaded"/> first. TorchSharp would find the libraries as well, but where it does
/// not, it searches the package cache of whoever runs it and copies half a gigabyte from there beside the module.
/// </remarks>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static bool s_loaded;
    private static string? s_chosen;
    private static string? s_cudaProblem;

    /// <summary>Whether the libtorch that is loaded is one for NVIDIA GPUs; after <see cref="EnsureLoaded"/>.</summary>
    internal static bool HasCuda { get; private set; }

    /// <summary>The folder that libtorch is loaded from. After <see cref="EnsureLoaded"/>.</summary>
    internal static string Folder { get; private set; } = string.Empty;

    /// <summary>What keeps that part of libtorch from being loaded, and what to do about it; null if it is. After <see cref="EnsureLoaded"/>.</summary>
    internal static string? CudaProblem => LibtorchFolder.Chosen == s_chosen
        ? s_cudaProblem
        : $"libtorch was loaded from '{Folder}' before the environment variable {LibtorchFolder.Variable} became '{LibtorchFolder.Chosen}', and stays for as long as the process lives: start a new session.";

    /// <summary>The libtorch that TorchSharp was made for, such as <c>2.10.0</c>.</summary>
    /// <exception cref="N2DException">libtorch cannot be loaded (<c>TorchUnavailable</c>).</exception>
    public static string BackendVersion
    {
        get
        {
            // TorchSharp's own initialization, which asking for the version runs, looks for libtorch in the wrong place.
            EnsureLoaded();
            return torch.NormalizeNuGetVersion(torch.__version__);
        }
    }

    /// <summary>Loads libtorch, unless that is done; may be called from any thread, any number of times.</summary>
    /// <exception cref="N2DException">It cannot be loaded (<c>TorchUnavailable</c>); the message says what is missing and what to do.</exception>
    public static void EnsureLoaded()
    {
        lock (Gate)
        {
            if (!s_loaded)
            {
                var own = Path.GetDirectoryName(typeof(torch).Assembly.Location)!;
                s_chosen = LibtorchFolder.Chosen;
                Folder = LibtorchFolder.Find(s_chosen, own, FileNameOf("torch_cpu"));
                HasCuda = File.Exists(Path.Combine(Folder, FileNameOf("torch_cuda")));
                OpenMPWaiting.MakePassive();
                s_cudaProblem = LoadCuda(Folder);
                Load(Folder, own);
                s_loaded = true;
            }
        }
    }

    /// <summary>Loads libtorch from a folder.</summary>
    /// <param name="folder">Where libtorch's libraries lie.</param>
    /// <param name="own">Where the one lies that TorchSharp calls it through.</param>
    internal static void Load(string folder, string own)
    {
        ThrowIfMadeForAnotherSystem(own);

        // Each before those that need it, so that the first to fail is the one to name. What is loaded already is what the next one gets, wherever that lies.
        foreach (var name in (ReadOnlySpan<string>)["c10", "torch_cpu", "torch"])
        {
            LoadLibrary(Path.Combine(folder, FileNameOf(name)));
        }

        LoadLibrary(Path.Combine(own, FileNameOf("LibTorchSharp")));

        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception error) when (error is NotSupportedException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw Unavailable(folder, $"libtorch was loaded from '{folder}', but does not start: {error.Message}", error);
        }
    }

    /// <summary>
    /// Loads what libtorch has for NVIDIA GPUs. TorchSharp would do so on demand, and say nothing where that fails: everything would run on the processor.
    /// </summary>
    /// <param name="folder">Where the native libraries lie.</param>
    /// <returns>What went wrong and what to do, or null.</returns>
    internal static string? LoadCuda(string folder)
    {
        if (!File.Exists(Path.Combine(folder, FileNameOf("torch_cuda"))))
        {
            return OperatingSystem.IsMacOS()
                ? "macOS has no CUDA."
                : $"This libtorch is one without CUDA. Unpack one with CUDA and name its folder in the environment variable {LibtorchFolder.Variable} (Get-Help about_N2D_Gpu), "
                    + $"or build the module with 'dotnet build -p:TorchBackend={(OperatingSystem.IsWindows() ? "cuda-windows" : "cuda-linux")}'.";
        }

        try
        {
            foreach (var name in (ReadOnlySpan<string>)["c10", "torch_cpu", "c10_cuda", "torch_cuda"])
            {
                LoadLibrary(Path.Combine(folder, FileNameOf(name)));
            }

            return null;
        }
        catch (N2DException error)
        {
            return $"This libtorch has CUDA, but its libraries do not load. {error.Message}";
        }
    }

    private static void LoadLibrary(string path)
    {
        if (!File.Exists(path))
        {
            throw Unavailable(path, $"'{path}' is missing. "
                + (LibtorchFolder.Chosen is not { } chosen
                    ? "Install the module again, or build it with 'dotnet build'."
                    : $"The environment variable {LibtorchFolder.Variable} names '{chosen}': unpack libtorch again, or unset the variable."));
        }

        try
        {
            NativeLibrary.Load(path);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw Unavailable(path, $"'{path}' does not load. {Remedy(error)}The system says: {error.Message.Trim()}", error);
        }
    }

    private static void ThrowIfMadeForAnotherSystem(string own)
    {
        if (File.Exists(Path.Combine(own, FileNameOf("LibTorchSharp"))))
        {
            return;
        }

        foreach (var (file, system) in new[] { ("libLibTorchSharp.so", "Linux"), ("LibTorchSharp.dll", "Windows"), ("libLibTorchSharp.dylib", "macOS") })
        {
            if (File.Exists(Path.Combine(own, file)))
            {
                throw Unavailable(own, $"This copy of the module is made for {system}, and this is {RuntimeInformation.RuntimeIdentifier}. Install the one for this system, or build it here with 'dotnet build'.");
            }
        }
    }

    /// <summary>What to do about an error of the system's loader, as far as its message tells; ends in a space, or is empty.</summary>
    internal static string Remedy(Exception error)
    {
        if (error.Message.Contains("GLIBCXX_", StringComparison.Ordinal) || error.Message.Contains("CXXABI_", StringComparison.Ordinal))
        {
            return "The C++ runtime (libstdc++.so.6) of this system is too old: that of GCC 11 or later is needed, as Debian 12, Ubuntu 22.04 and RHEL 9 have it. ";
        }

        if (error.Message.Contains("GLIBC_", StringComparison.Ordinal))
        {
            return "The C library (glibc) of this system is too old: 2.34 or later is needed, as Debian 12, Ubuntu 22.04 and RHEL 9 have it. ";
        }

        if (error.Message.Contains("ld-linux", StringComparison.Ordinal) || error.Message.Contains("ld-musl", StringComparison.Ordinal))
        {
            return "libtorch needs a Linux with glibc 2.34 or later; Alpine's musl does not do. ";
        }

        if (error is BadImageFormatException || error.Message.Contains("wrong ELF class", StringComparison.Ordinal))
        {
            return $"It is damaged, or made for another processor than this process runs on ({RuntimeInformation.ProcessArchitecture}): install the module again. ";
        }

        return OperatingSystem.IsWindows()
            ? "It may need the Microsoft Visual C++ Redistributable 2015-2022 (x64): install it, or the module again. "
            : string.Empty;
    }

    private static string FileNameOf(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    private static N2DException Unavailable(string target, string message, Exception? innerException = null) =>
        new("TorchUnavailable", ErrorKind.Unavailable, message, target, innerException);
}
