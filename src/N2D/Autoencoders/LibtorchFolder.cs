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

    /// <summary>The folder to load from.</summary>
    /// <param name="chosen">What the environment says; null or empty if nothing.</param>
    /// <param name="own">The folder of the module's own libraries.</param>
    /// <param name="file">The name of a file that every libtorch has.</param>
    /// <exception cref="N2DException">The environment names a folder without libtorch (<c>TorchUnavailable</c>).</exception>
    public static string Find(string? chosen, string own, string file)
    {
        if (string.IsNullOrEmpty(chosen))
        {
            return Path.Combine(own, Name);
        }

        // libtorch's archive has the libraries in lib, as PyTorch's own package does.
        return new[] { chosen, Path.Combine(chosen, "lib") }.Where(folder => File.Exists(Path.Combine(folder, file))).Select(Path.GetFullPath).FirstOrDefault()
            ?? throw new N2DException(
                "TorchUnavailable",
                ErrorKind.Unavailable,
                $"The environment variable {Variable} names '{chosen}', but neither that folder nor its 'lib' has a '{file}'. Name the folder that libtorch's archive unpacks to, or unset it.",
                chosen);
    }
}
