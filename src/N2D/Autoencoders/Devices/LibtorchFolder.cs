namespace N2D.Autoencoders;

/// <summary>
/// Finds the folder that libtorch is loaded from. By default, this is the libtorch without CUDA that is installed with the library. A
/// libtorch with CUDA takes gigabytes; users unpack it to any folder, and name that folder in an environment variable.
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

    /// <summary>The current value of the environment variable; null if it is not set or blank.</summary>
    public static string? Chosen => Environment.GetEnvironmentVariable(Variable) is { } value && !string.IsNullOrWhiteSpace(value)
        ? value.Trim()
        : null;

    /// <summary>Returns the folder to load libtorch from.</summary>
    /// <param name="chosen">The value of the environment variable, which may begin with <c>~</c>; null if it is not set.</param>
    /// <param name="own">The folder of this library.</param>
    /// <param name="file">The name of a file that every libtorch contains.</param>
    /// <exception cref="N2DException">The variable names a file, or a folder without libtorch (<c>TorchUnavailable</c>).</exception>
    public static string Find(string? chosen, string own, string file)
    {
        if (chosen is null)
        {
            return Path.Combine(own, Name);
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
