namespace N2D;

/// <summary>
/// The limit for the expansion of compressed files. A file that exceeds both limits is rejected: it may be a decompression bomb, a small
/// file that fills the memory.
/// </summary>
/// <remarks>Tables of numbers expand by 2 to 10, very sparse ones by up to 100. Deflate expands by 1032 at most.</remarks>
public sealed record ExpansionLimit
{
    /// <summary>The default: 1 GiB, and 200 times the compressed size.</summary>
    public static ExpansionLimit Default { get; } = new();

    /// <summary>No limit, for trusted files.</summary>
    public static ExpansionLimit None { get; } = new() { Bytes = long.MaxValue };

    /// <summary>The size that is always allowed, in bytes. Default: 1 GiB.</summary>
    public long Bytes { get; init; } = 1L << 30;

    /// <summary>The multiple of the compressed size that is always allowed. Default: 200.</summary>
    public double Ratio { get; init; } = 200;

    /// <summary>Throws if a size exceeds both limits.</summary>
    /// <param name="size">The decompressed size, in bytes.</param>
    /// <param name="compressedSize">The compressed size, in bytes.</param>
    /// <param name="path">The full path, for the error.</param>
    /// <exception cref="N2DException">The size exceeds both limits (<c>ExpandsTooMuch</c>).</exception>
    internal void ThrowIfExceeded(long size, long compressedSize, string path)
    {
        if (size > Bytes && size > Ratio * compressedSize)
        {
            throw new N2DException(
                "ExpandsTooMuch",
                ErrorKind.InvalidData,
                $"'{path}' expands from {MachineMemory.TextOf(compressedSize)} to more than {MachineMemory.TextOf(Bytes)}, over "
                    + $"{Ratio:F0} times its size. It may be a decompression bomb. If you trust the file, decompress it and read the "
                    + "result.",
                path);
        }
    }
}
