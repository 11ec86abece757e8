namespace N2D.Autoencoders;

/// <summary>
/// Finds the folder that libtorch is loaded from, without loading it: the one that an environment variable names, otherwise the libtorch
/// beside the library, otherwise an installed one (see <see cref="LibtorchInstallation"/>). An installed libtorch with CUDA comes before
/// one without CUDA beside the library.
/// </summary>
/// <remarks>
/// The default folder is not that of TorchSharp.dll. TorchSharp searches its own folder, and would load the default libtorch in addition
/// to the chosen one, which crashes the process.
/// </remarks>
internal static class LibtorchFolder
{
    /// <summary>The name of the environment variable that names another folder.</summary>
    public const string Variable = "N2D_LIBTORCH";

    /// <summary>The default folder, below that of the other libraries.</summary>
    private const string Name = "libtorch";

    /// <summary>The folder of this library; that of the program if the library is part of a single-file program.</summary>
    public static string Own { get; } = FolderOf(typeof(LibtorchFolder).Assembly.Location);

    /// <summary>The folder of LibTorchSharp, through which TorchSharp calls libtorch.</summary>
    public static string OfLibTorchSharp { get; } =
        NativeFolders.Below(Own).FirstOrDefault(folder => File.Exists(Path.Combine(folder, FileNameOf("LibTorchSharp")))) ?? Own;

    /// <summary>The current value of the environment variable; null if it is not set or blank.</summary>
    public static string? Chosen => Environment.GetEnvironmentVariable(Variable) is { } value && !string.IsNullOrWhiteSpace(value)
        ? value.Trim()
        : null;

    /// <summary>Why there is no libtorch to load, and what to do about it; null if there is one.</summary>
    public static string? Problem
    {
        get
        {
            try
            {
                _ = Find();
                return null;
            }
            catch (N2DException error)
            {
                return error.Message;
            }
        }
    }

    /// <summary>Returns the folder of an assembly's file, and the folder of the program for an assembly without a file.</summary>
    /// <param name="location">The location of the assembly; empty if a single-file program contains it.</param>
    public static string FolderOf(string location) =>
        Path.GetDirectoryName(location) is { Length: > 0 } folder ? folder : Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    /// <summary>Returns the name of a library's file on this system.</summary>
    /// <param name="library">The name of the library, such as <c>torch_cpu</c>.</param>
    public static string FileNameOf(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>Returns the folder to load libtorch from.</summary>
    /// <exception cref="N2DException">There is no libtorch (<c>TorchUnavailable</c>).</exception>
    public static string Find() => Find(Chosen, Own, FileNameOf("torch_cpu"), LibtorchInstallation.OfUser.Folders);

    private static string ForGpu() =>
        OperatingSystem.IsMacOS() ? "" : $" (for an NVIDIA GPU, {LibtorchRelease.Remedy(LibtorchKind.Cuda)})";

    /// <summary>Returns the folder to load libtorch from.</summary>
    /// <param name="chosen">The value of the environment variable, which may begin with <c>~</c>; null if it is not set.</param>
    /// <param name="own">The folder of this library.</param>
    /// <param name="file">The name of a file that every libtorch contains.</param>
    /// <param name="installed">The folders of installed libtorchs, the preferred one first.</param>
    /// <exception cref="N2DException">
    /// The variable names a file, or a folder without libtorch, or there is no libtorch below the folder of this library, and
    /// none is installed (<c>TorchUnavailable</c>).
    /// </exception>
    public static string Find(string? chosen, string own, string file, params IReadOnlyList<string> installed)
    {
        if (chosen is null)
        {
            string[] folders = [.. installed.Prepend(Path.Combine(own, Name)).Where(folder => File.Exists(Path.Combine(folder, file)))];
            return Array.Find(folders, folder => File.Exists(Path.Combine(folder, FileNameOf("torch_cuda"))))
                ?? folders.FirstOrDefault()
                ?? throw new N2DException(
                    "TorchUnavailable",
                    ErrorKind.Unavailable,
                    $"libtorch is not installed. Install it {LibtorchRelease.Remedy(LibtorchKind.Cpu)}{ForGpu()}, or set the environment "
                        + $"variable {Variable} to the folder of a libtorch {LibtorchRelease.Series}.",
                    own)
                { Options = [LibtorchRelease.Option] };
        }

        // The archive of libtorch has the libraries in lib, like the PyTorch package.
        var full = FullPath(chosen);
        return new[] { full, Path.Combine(full, "lib") }.FirstOrDefault(folder => File.Exists(Path.Combine(folder, file)))
            ?? throw new N2DException(
                "TorchUnavailable",
                ErrorKind.Unavailable,
                $"The environment variable {Variable} is '{chosen}'{(full == chosen ? "" : $" (that is, '{full}')")}, but "
                    + (File.Exists(full) ? "this is a file. "
                        : Directory.Exists(full) ? $"neither this folder nor its subfolder 'lib' contains '{file}'. "
                        : "this folder does not exist. ")
                    + "Set it to the folder that the libtorch archive was unpacked to, or unset it.",
                chosen);
    }

    /// <summary>Returns the full path. Shells do not expand <c>~</c> in environment variables.</summary>
    private static string FullPath(string chosen) => Path.GetFullPath(chosen is ['~'] or ['~', '/' or '\\', ..]
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + chosen[1..]
        : chosen);
}
