namespace N2D.Autoencoders;

/// <summary>
/// Where libtorch is loaded from. The module brings one for the processor, in a folder of its own; one with CUDA is gigabytes, and whoever wants it unpacks it where
/// they like and says where it is.
/// </summary>
/// <remarks>
/// The folder is not that of TorchSharp.dll: TorchSharp looks there for itself, and would load the module's libtorch beside the chosen one, which ends the process.
/// </remarks>
internal static class LibtorchFolder
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "N2D_LIBTORCH";

    /// <summary>The module's own, beside its other libraries.</summary>
    private const string Name = "libtorch";

    /// <summary>What the environment names now; null if nothing, as of a value of blanks.</summary>
    public static string? Chosen => Environment.GetEnvironmentVariable(Variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>The folder to load from.</summary>
    /// <param name="chosen">What the environment names, where <c>~</c> begins the user's own folder; null if nothing.</param>
    /// <param name="own">The folder of the module's own libraries.</param>
    /// <param name="file">The name of a file that every libtorch has.</param>
    /// <exception cref="N2DException">The environment names a file, or a folder without libtorch (<c>TorchUnavailable</c>).</exception>
    public static string Find(string? chosen, string own, string file)
    {
        if (chosen is null)
        {
            return Path.Combine(own, Name);
        }

        // libtorch's archive has the libraries in lib, as PyTorch's own package does.
        var full = FullPath(chosen);
        return new[] { full, Path.Combine(full, "lib") }.FirstOrDefault(folder => File.Exists(Path.Combine(folder, file)))
            ?? throw new N2DException(
                "TorchUnavailable",
                ErrorKind.Unavailable,
                $"The environment variable {Variable} names '{chosen}'{(full == chosen ? "" : $", which is '{full}'")}, and "
                    + (File.Exists(full) ? "that is a file: " : Directory.Exists(full) ? $"neither that folder nor its 'lib' has a '{file}': " : "there is no such folder: ")
                    + "name the folder that libtorch's archive unpacks to, or unset the variable.",
                chosen);
    }

    /// <summary>The full path: no shell has seen the value, so that a <c>~</c> is still in it.</summary>
    private static string FullPath(string chosen) => Path.GetFullPath(chosen is ['~'] or ['~', '/' or '\\', ..]
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + chosen[1..]
        : chosen);
}
