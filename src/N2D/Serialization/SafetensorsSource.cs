namespace N2D.Serialization;

/// <summary>Where a safetensors file is from, for the errors of a damaged one.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Remedy">What its user can do, a sentence.</param>
/// <param name="Options">The options that the remedy names.</param>
internal sealed record SafetensorsSource(string Path, string Remedy, IReadOnlyList<string> Options)
{
    /// <summary>The error of a file that is none, or a damaged one.</summary>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="inner">The cause.</param>
    public N2DException Corrupt(string reason, Exception? inner = null) =>
        new(
            "CorruptSafetensors", ErrorKind.InvalidData, $"'{Path}' is no safetensors file, or a damaged one: {reason}. {Remedy}", Path, inner)
        {
            Options = Options,
        };

    /// <summary>The error of bytes that are not those that were written.</summary>
    /// <param name="what">What they are of.</param>
    public N2DException Changed(string what) =>
        new(
            "CorruptSafetensors", ErrorKind.InvalidData, $"'{Path}' is damaged: the bytes of {what} are not those that were written. {Remedy}", Path)
        {
            Options = Options,
        };
}
