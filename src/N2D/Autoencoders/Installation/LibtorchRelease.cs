namespace N2D.Autoencoders;

/// <summary>The release of libtorch that TorchSharp was built for, and what other sites call it.</summary>
internal static class LibtorchRelease
{
    /// <summary>The version of the packages, as in Directory.Packages.props.</summary>
    public const string Version = "2.10.0";

    /// <summary>The version without the patch. TorchSharp works with any patch.</summary>
    public const string Series = "2.10";

    /// <summary>The CUDA version of the packages.</summary>
    public const string CudaVersion = "12.8";

    /// <summary>The page from which users download an archive.</summary>
    public const string Page = "https://pytorch.org/get-started/locally/";

    /// <summary>The public feed of the packages.</summary>
    public const string Feed = "https://api.nuget.org/v3/index.json";

    /// <summary>The option that names the kind to install. <see cref="Remedy"/> writes it into messages.</summary>
    public const string Option = "LibtorchKind";

    /// <summary>The name of this system in packages, such as <c>linux-x64</c>.</summary>
    public static string System { get; } = $"{NativeFolders.System}-{NativeFolders.Processor}";

    /// <summary>The id of the package for this system. The packages of CUDA are split; this one names the others.</summary>
    /// <param name="kind">The kind.</param>
    public static string PackageOf(LibtorchKind kind) =>
        kind == LibtorchKind.Cpu ? $"libtorch-cpu-{System}" : $"libtorch-cuda-{CudaVersion}-{System}";

    /// <summary>
    /// Names what to install, to follow a sentence such as <c>Install it</c>. Messages with it have the option <see cref="Option"/>.
    /// </summary>
    /// <param name="kind">The kind.</param>
    public static string Remedy(LibtorchKind kind) => $"({Option} {kind})";

    /// <summary>The options that a message with <see cref="Remedy"/> names; none for other messages.</summary>
    /// <param name="message">The message.</param>
    public static IEnumerable<string> OptionsOf(string message) => message.Contains(Option, StringComparison.Ordinal) ? [Option] : [];
}
