namespace N2D.Files;

/// <summary>Options for the replacement of existing files.</summary>
public sealed record OutputOptions
{
    /// <summary>Whether to keep any existing file, which is then an error. Default: false.</summary>
    public bool NoClobber { get; init; }

    /// <summary>
    /// Whether to replace a read-only file, and a file with several hard links under this name only. Default: false, both are errors.
    /// </summary>
    public bool Force { get; init; }
}
