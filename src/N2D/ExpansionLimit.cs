namespace N2D;

/// <summary>
/// How far a compressed file may expand. A file that exceeds both limits is refused: it may be a decompression bomb, a small file that fills the memory.
/// </summary>
/// <remarks>Tables of numbers expand by 2 to 10, very sparse ones by up to 100. Deflate expands by 1032 at most.</remarks>
public sealed record ExpansionLimit
{
    /// <summary>1 GiB, and 200 times the compressed size.</summary>
    public static ExpansionLimit Default { get; } = new();

    /// <summary>No limit, for files that are known to be harmless.</summary>
    public static ExpansionLimit None { get; } = new() { Bytes = long.MaxValue };

    /// <summary>The size that every file may expand to. Default: 1 GiB.</summary>
    public long Bytes { get; init; } = 1L << 30;

    /// <summary>The multiple of its compressed size that every file may expand to. Default: 200.</summary>
    public double Ratio { get; init; } = 200;

    /// <summary>Refuses a size that exceeds both limits.</summary>
    /// <param name="size">The decompressed size, in bytes.</param>
    /// <param name="compressedSize">The compressed size, in bytes.</param>
    /// <param name="path">The full path, for the error.</param>
    /// <exception cref="N2DException">It exceeds both limits (<c>ExpandsTooMuch</c>).</exception>
    internal void ThrowIfExceeded(long size, long compressedSize, string path)
    {
        if (size > Bytes && size > Ratio * compressedSize)
        {
            throw new N2DException(
                "ExpandsTooMuch",
                ErrorKind.InvalidData,
                $"'{path}' expands from {MachineMemory.TextOf(compressedSize)} to more than {MachineMemory.TextOf(Bytes)}, over {Ratio:F0} times its size. It may be a decompression bomb. If you trust the file, decompress it and read the result.",
                path);
        }
    }
}
