namespace N2D.Data;

/// <summary>Decides whether the rows of a file are read into memory or the file is memory-mapped. The results are the same.</summary>
/// <param name="IsAsked">
/// Whether the user asked for a memory map. Otherwise a file is mapped only if its rows would need too much memory.
/// </param>
internal sealed record FileMapping(bool IsAsked)
{
    /// <summary>By default, rows are read into memory up to the total memory divided by this number.</summary>
    private const int MemoryDivisor = 4;

    /// <summary>The free memory in bytes.</summary>
    public long FreeBytes { get; init; } = MachineMemory.FreeBytes;

    /// <summary>
    /// The maximum size of rows as float32 that are read into memory by default, in bytes: a quarter of the memory of the machine or
    /// container, and at most the free memory.
    /// </summary>
    public long MaxBytesInMemory => Math.Min(MachineMemory.TotalBytes / MemoryDivisor, FreeBytes);

    /// <summary>Decides whether to map a file.</summary>
    /// <param name="file">The file, for errors and explanations.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="obstacle">Why the file cannot be mapped, and what to do; null if it can be mapped.</param>
    /// <param name="execution">Receives an explanation of the decision.</param>
    /// <exception cref="N2DException">
    /// The user asked for a map that is not possible (<c>MappingNotPossible</c>), or a map is not possible and the values exceed the
    /// maximum length of an array (<c>TooManyValues</c>) or the free memory (<c>DoesNotFitInMemory</c>).
    /// </exception>
    public bool AppliesTo(InputFile file, int rowCount, int columnCount, string? obstacle, Execution execution)
    {
        var valueCount = (long)rowCount * columnCount;
        var byteCount = (long)Int128.Min(sizeof(float) * (Int128)valueCount, long.MaxValue);
        var isLarge = valueCount > Array.MaxLength || byteCount > MaxBytesInMemory;
        if (obstacle is not null)
        {
            return !IsAsked && valueCount <= Array.MaxLength && byteCount <= FreeBytes
                ? false
                : throw Impossible(file, valueCount, obstacle);
        }

        if (!IsAsked && !isLarge)
        {
            return false;
        }

        var reason = IsAsked
            ? "as requested"
            : $"because its rows exceed {MachineMemory.TextOf(MaxBytesInMemory)} (a quarter of the machine's memory, or the free memory)";
        execution.Explain?.Invoke(
            $"{file.Name}: memory-mapped, {reason}; its {rowCount} x {columnCount} values ({MachineMemory.TextOf(byteCount)} as float32) "
                + "stay in the file.");
        return true;
    }

    /// <summary>Returns why a compressed file cannot be mapped, and what to do; null if it is not compressed.</summary>
    /// <param name="file">The file.</param>
    public static string? CompressionOf(InputFile file) => file.IsUnwrapped ? "it is in a zip archive; extract it"
        : file.IsCompressed ? "it is compressed with gzip; decompress it"
        : null;

    /// <summary>Returns why the rows of a .npy file are not all at known places, and what to do; null if they are.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">Its header.</param>
    public static string? ObstacleIn(InputFile file, NpyHeader header) => CompressionOf(file)
        ?? (header.IsFortranOrder ? "it is in Fortran order (column by column); save numpy.ascontiguousarray(array)" : null);

    private N2DException Impossible(InputFile file, long valueCount, string obstacle)
    {
        if (IsAsked)
        {
            return file.Invalid(
                "MappingNotPossible",
                $" cannot be memory-mapped: {obstacle}, or omit {nameof(DatasetFile.MemoryMapped)}.",
                nameof(DatasetFile.MemoryMapped));
        }

        return valueCount > Array.MaxLength
            ? file.Invalid(
                "TooManyValues",
                $" has {valueCount} values. An array in memory holds up to {Array.MaxLength}, and the file cannot be memory-mapped: "
                    + $"{obstacle}.")
            : new N2DException(
                "DoesNotFitInMemory",
                ErrorKind.OutOfResources,
                $"'{file.Name}' needs {MachineMemory.TextOf((long)Int128.Min(sizeof(float) * (Int128)valueCount, long.MaxValue))} of "
                    + $"memory; {MachineMemory.TextOf(FreeBytes)} are free. It cannot be memory-mapped: {obstacle}.",
                file.FullPath);
    }
}
