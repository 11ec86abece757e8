namespace N2D.Serialization;

/// <summary>The source of a safetensors file, for errors.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Remedy">What the user can do, as a sentence.</param>
/// <param name="Options">The options that the remedy names.</param>
internal sealed record SafetensorsSource(string Path, string Remedy, IReadOnlyList<string> Options)
{
    /// <summary>Creates the error for a file that is not safetensors, or is damaged.</summary>
    /// <param name="reason">What is wrong.</param>
    /// <param name="inner">The cause.</param>
    public N2DException Corrupt(string reason, Exception? inner = null) =>
        new("CorruptSafetensors", ErrorKind.InvalidData, $"'{Path}' is not a safetensors file, or is damaged: {reason}. "
            + $"{Remedy}", Path, inner)
        {
            Options = Options,
        };

    /// <summary>Creates the error for content that does not match its digest.</summary>
    /// <param name="what">The part of the file.</param>
    public N2DException Changed(string what) =>
        new("CorruptSafetensors", ErrorKind.InvalidData, $"'{Path}' is damaged: {what} does not match its SHA-256 digest. {Remedy}", Path)
        {
            Options = Options,
        };
}
