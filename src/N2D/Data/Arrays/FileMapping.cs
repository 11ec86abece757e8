namespace N2D.Data;

/// <summary>Whether the rows of a file are read into memory, or the file is mapped there and read where its rows are looked at. No result depends on it.</summary>
/// <param name="IsAsked">Whether the user asks for a map; without, a file is mapped whose rows would take too much.</param>
internal sealed record FileMapping(bool IsAsked)
{
    /// <summary>The share of the machine's memory that rows are read into unasked.</summary>
    private const int LargestShare = 4;

    /// <summary>How much memory nobody uses, in bytes.</summary>
    public long FreeBytes { get; init; } = MachineMemory.FreeBytes;

    /// <summary>The most bytes of float32 that are read into memory unasked: a quarter of the machine's (or of the container's limit), and no more than is free.</summary>
    public long LargestInMemory => Math.Min(MachineMemory.TotalBytes / LargestShare, FreeBytes);

    /// <summary>Decides on a file.</summary>
    /// <param name="file">The file, for errors and explanations.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="obstacle">Why it cannot be mapped, and what to do; null if it can.</param>
    /// <param name="execution">Told what was decided.</param>
    /// <exception cref="N2DException">
    /// A map is asked for and cannot be had (<c>MappingNotPossible</c>), or is needed, as no array (<c>TooManyValues</c>) or not the memory holds the values
    /// (<c>DoesNotFitInMemory</c>).
    /// </exception>
    public bool AppliesTo(InputFile file, int rowCount, int columnCount, string? obstacle, Execution execution)
    {
        var valueCount = (long)rowCount * columnCount;
        var byteCount = (long)Int128.Min(sizeof(float) * (Int128)valueCount, long.MaxValue);
        var isLarge = valueCount > Array.MaxLength || byteCount > LargestInMemory;
        if (obstacle is not null)
        {
            return !IsAsked && valueCount <= Array.MaxLength && byteCount <= FreeBytes ? false : throw Impossible(file, valueCount, obstacle);
        }

        if (!IsAsked && !isLarge)
        {
            return false;
        }

        var reason = IsAsked ? "as asked" : $"as rows get at most {MachineMemory.TextOf(LargestInMemory)}, a quarter of the machine's memory and no more than is free";
        execution.Explain?.Invoke($"{file.Name}: memory-mapped, {reason}; its {rowCount} x {columnCount} values ({MachineMemory.TextOf(byteCount)} as float32) stay in the file.");
        return true;
    }

    /// <summary>Why a compressed file cannot be mapped, and what to do; null if it is not compressed.</summary>
    /// <param name="file">The file.</param>
    public static string? CompressionOf(InputFile file) => file.IsUnwrapped ? "it is in a zip archive; extract it"
        : file.IsCompressed ? "it is compressed by gzip; decompress it"
        : null;

    private N2DException Impossible(InputFile file, long valueCount, string obstacle)
    {
        if (IsAsked)
        {
            return file.Invalid("MappingNotPossible", $" cannot be memory-mapped: {obstacle}, or leave out -MemoryMapped.");
        }

        return valueCount > Array.MaxLength
            ? file.Invalid("TooManyValues", $" has {valueCount} values, more than an array in memory holds, and cannot be memory-mapped: {obstacle}.")
            : new N2DException(
                "DoesNotFitInMemory",
                ErrorKind.OutOfResources,
                $"'{file.Name}' takes {MachineMemory.TextOf((long)Int128.Min(sizeof(float) * (Int128)valueCount, long.MaxValue))} in memory, where {MachineMemory.TextOf(FreeBytes)} are free, and cannot be memory-mapped: {obstacle}.",
                file.FullPath);
    }
}
