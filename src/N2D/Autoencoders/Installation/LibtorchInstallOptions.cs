namespace N2D.Autoencoders;

/// <summary>Which libtorch to install, and from where.</summary>
public sealed record LibtorchInstallOptions
{
    /// <summary>The kind of libtorch. Default: for the processor, which is the smaller one.</summary>
    public LibtorchKind Kind { get; init; }

    /// <summary>
    /// Full paths: a folder or an archive with libtorch, NuGet packages, or a folder of them; or the address of a NuGet feed. Default:
    /// none, which requires <see cref="Download"/>.
    /// </summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>
    /// The expected SHA-256 or SHA-512 of each source, which must be files: hexadecimal, or base64 as in NuGet. Default: none.
    /// </summary>
    public IReadOnlyList<string> Hashes { get; init; } = [];

    /// <summary>Whether files are downloaded. Default: no.</summary>
    public bool Download { get; init; }

    /// <summary>Whether an installed libtorch of the same kind is replaced. Default: no.</summary>
    public bool Force { get; init; }

    /// <summary>The address of the feed to download from; null for none.</summary>
    internal Uri? Feed => Sources switch
    {
        [] => Download ? new Uri(LibtorchRelease.Feed) : null,
        [var source] => AddressOf(source),
        _ => null,
    };

    /// <summary>Whether a source is an address rather than a path.</summary>
    /// <param name="source">The source.</param>
    public static bool IsAddress(string source) => AddressOf(source) is not null;

    private static Uri? AddressOf(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address : null;
}
