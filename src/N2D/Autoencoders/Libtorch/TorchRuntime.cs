using System.Runtime.InteropServices;
using N2D.Files;
using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>
/// Loads libtorch, the native library that trains autoencoders on a GPU, and those of networks that <see cref="DenseNetwork"/> does not
/// implement. Loading is lazy, because the library takes half a gigabyte.
/// </summary>
/// <remarks>
/// Call <see cref="EnsureLoaded"/> before any call of TorchSharp. Otherwise, TorchSharp loads the libraries itself; if it does not find
/// them, it searches the user's package cache and copies half a gigabyte from there.
/// </remarks>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static bool s_loaded;
    private static string s_folder = string.Empty;
    private static string? s_chosen;
    private static string? s_cudaProblem;

    /// <summary>The folder that libtorch was loaded from; null if it is not loaded.</summary>
    internal static string? LoadedFolder
    {
        get
        {
            lock (Gate)
            {
                return s_loaded ? s_folder : null;
            }
        }
    }

    /// <summary>Whether libtorch has a part for CUDA. Does not load libtorch.</summary>
    internal static bool HasCuda
    {
        get
        {
            lock (Gate)
            {
                return s_loaded ? HasCudaIn(s_folder) : LibtorchFolder.Problem is null && HasCudaIn(LibtorchFolder.Find());
            }
        }
    }

    /// <summary>
    /// Why libtorch has no part for CUDA, or why it could not be loaded, and what to do about it; null if there is no problem. Does not
    /// load libtorch.
    /// </summary>
    internal static string? CudaProblem
    {
        get
        {
            lock (Gate)
            {
                return !s_loaded ? LibtorchFolder.Problem ?? (HasCudaIn(LibtorchFolder.Find()) ? null : NoCuda())
                    : LibtorchFolder.Chosen == s_chosen ? s_cudaProblem is null ? null : ProblemOfInstalled() ?? s_cudaProblem
                    : $"libtorch was loaded from '{s_folder}' before the environment variable {LibtorchFolder.Variable} was set to "
                        + $"'{LibtorchFolder.Chosen}'. A process cannot load another libtorch: start a new session.";
            }
        }
    }

    /// <summary>The number of NVIDIA GPUs that libtorch can use. Loads libtorch.</summary>
    /// <exception cref="N2DException">libtorch cannot be loaded (<c>TorchUnavailable</c>).</exception>
    internal static int CudaDeviceCount
    {
        get
        {
            EnsureLoaded();
            return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        }
    }

    /// <summary>Whether libtorch can use the GPU of an Apple computer. Loads libtorch.</summary>
    /// <exception cref="N2DException">libtorch cannot be loaded (<c>TorchUnavailable</c>).</exception>
    internal static bool HasMps
    {
        get
        {
            EnsureLoaded();
            return torch.mps_is_available();
        }
    }

    /// <summary>The version of libtorch that TorchSharp was built for, such as <c>2.10.0</c>.</summary>
    /// <exception cref="N2DException">libtorch cannot be loaded (<c>TorchUnavailable</c>).</exception>
    public static string BackendVersion
    {
        get
        {
            // Reading the version initializes TorchSharp, which would search for libtorch in the wrong folder.
            EnsureLoaded();
            return torch.NormalizeNuGetVersion(torch.__version__);
        }
    }

    /// <summary>Loads libtorch if it is not loaded yet. Thread-safe; may be called any number of times.</summary>
    /// <exception cref="N2DException">
    /// libtorch cannot be loaded (<c>TorchUnavailable</c>); the message says what is missing and what to do.
    /// </exception>
    public static void EnsureLoaded()
    {
        lock (Gate)
        {
            if (!s_loaded)
            {
                s_chosen = LibtorchFolder.Chosen;
                s_folder = LibtorchFolder.Find();
                LibtorchVariables.Set();
                s_cudaProblem = LoadCuda(s_folder);
                Load(s_folder, LibtorchFolder.OfLibTorchSharp);
                s_loaded = true;
            }
        }
    }

    /// <summary>Loads libtorch from a folder.</summary>
    /// <param name="folder">The folder of libtorch's libraries.</param>
    /// <param name="own">The folder of LibTorchSharp.</param>
    internal static void Load(string folder, string own)
    {
        ThrowIfMadeForAnotherSystem(own);

        // Dependencies come first, so that an error names the library that failed. The system resolves each dependency to the library that
        // is already loaded, whatever its folder.
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
            throw Unavailable(folder, $"libtorch was loaded from '{folder}' but could not be initialized: {error.Message}", error);
        }
    }

    /// <summary>
    /// Loads the CUDA libraries of libtorch. TorchSharp would load them on demand, and would use the CPU without notice if that failed.
    /// </summary>
    /// <param name="folder">The folder of the native libraries.</param>
    /// <returns>The problem and what to do about it; null if there is none.</returns>
    internal static string? LoadCuda(string folder)
    {
        if (!HasCudaIn(folder))
        {
            return NoCuda();
        }

        try
        {
            foreach (var name in (ReadOnlySpan<string>)["c10", "torch_cpu", "c10_cuda", "torch_cuda"])
            {
                LoadLibrary(Path.Combine(folder, FileNameOf(name)));
            }

            if (OperatingSystem.IsWindows())
            {
                foreach (var path in LoadedByName(folder))
                {
                    _ = NativeLibrary.TryLoad(path, out _);
                }
            }

            return null;
        }
        catch (N2DException error)
        {
            return $"The CUDA libraries of libtorch could not be loaded. {error.Message}";
        }
    }

    /// <summary>
    /// Returns the libraries of CUDA that others load by their names when they are first needed, such as the parts of cuDNN. Windows does
    /// not search the folder of libtorch for them, but finds those that are loaded. Those of Python cannot be loaded.
    /// </summary>
    /// <param name="folder">The folder of the native libraries.</param>
    internal static IEnumerable<string> LoadedByName(string folder) =>
        Directory.EnumerateFiles(folder, "*.dll")
            .Where(path => !Path.GetFileName(path).Contains("python", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.OrdinalIgnoreCase);

    private static bool HasCudaIn(string folder) => File.Exists(Path.Combine(folder, FileNameOf("torch_cuda")));

    /// <summary>
    /// Explains why a libtorch with CUDA that was installed after another one was loaded is not used; null if there is none.
    /// </summary>
    private static string? ProblemOfInstalled() => LibtorchFolder.Problem is null && LibtorchFolder.Find() is var installed
        && !FilePaths.Comparer.Equals(installed, s_folder) && HasCudaIn(installed)
        ? $"libtorch was loaded from '{s_folder}' before another one was installed in '{installed}'. A process cannot load another "
            + "libtorch: start a new session."
        : null;

    private static string NoCuda() => OperatingSystem.IsMacOS()
        ? "CUDA is not available on macOS."
        : $"This libtorch has no CUDA. Install one that has it {LibtorchRelease.Remedy(LibtorchKind.Cuda)}, or set the environment "
            + $"variable {LibtorchFolder.Variable} to its folder.";

    private static void LoadLibrary(string path)
    {
        if (!File.Exists(path))
        {
            throw Unavailable(path, $"The file '{path}' is missing. "
                + (LibtorchFolder.Chosen is not { } chosen
                    ? "Install libtorch again, or N2D if it contains libtorch."
                    : $"The environment variable {LibtorchFolder.Variable} is '{chosen}': unpack libtorch again, or unset the variable."));
        }

        try
        {
            NativeLibrary.Load(path);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw Unavailable(
                path, $"The library '{path}' could not be loaded. {Remedy(error)}The system's message: {error.Message.Trim()}", error);
        }
    }

    private static void ThrowIfMadeForAnotherSystem(string own)
    {
        if (File.Exists(Path.Combine(own, FileNameOf("LibTorchSharp"))))
        {
            return;
        }

        foreach (var (file, system) in new[] { ("libLibTorchSharp.so", "Linux"), ("LibTorchSharp.dll", "Windows"),
        ("libLibTorchSharp.dylib", "macOS") })
        {
            if (File.Exists(Path.Combine(own, file)))
            {
                throw Unavailable(
                    own,
                    $"This build of N2D is for {system}, but the system is {RuntimeInformation.RuntimeIdentifier}. Install the build "
                        + "for this system, or build it here with 'dotnet build'.");
            }
        }
    }

    /// <summary>Returns what to do about an error of the system's loader, judging by its message; ends in a space, or is empty.</summary>
    internal static string Remedy(Exception error)
    {
        if (error.Message.Contains("GLIBCXX_", StringComparison.Ordinal) || error.Message.Contains("CXXABI_", StringComparison.Ordinal))
        {
            return "The C++ runtime (libstdc++.so.6) of this system is too old: N2D requires that of GCC 11 or later, as in "
                + "Debian 12, Ubuntu 22.04 and RHEL 9. ";
        }

        if (error.Message.Contains("GLIBC_", StringComparison.Ordinal))
        {
            return "The C library (glibc) of this system is too old: N2D requires 2.34 or later, as in Debian 12, "
                + "Ubuntu 22.04 and RHEL 9. ";
        }

        if (error.Message.Contains("ld-linux", StringComparison.Ordinal) || error.Message.Contains("ld-musl", StringComparison.Ordinal))
        {
            return "libtorch requires a Linux with glibc 2.34 or later; Alpine's musl is not supported. ";
        }

        if (error is BadImageFormatException || error.Message.Contains("wrong ELF class", StringComparison.Ordinal))
        {
            return "It is damaged, or built for another processor than that of this process "
                + $"({RuntimeInformation.ProcessArchitecture}). Reinstall it. ";
        }

        return OperatingSystem.IsWindows()
            ? "It may require the Microsoft Visual C++ Redistributable 2015-2022 (x64). Install that, or reinstall N2D. "
            : string.Empty;
    }

    private static string FileNameOf(string name) => LibtorchFolder.FileNameOf(name);

    private static N2DException Unavailable(string target, string message, Exception? innerException = null) =>
        new("TorchUnavailable", ErrorKind.Unavailable, message, target, innerException);
}
