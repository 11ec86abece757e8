namespace N2D.Data;

/// <summary>Refuses files whose rows would not fit in memory, before any is taken for them.</summary>
internal static class DenseMemory
{
    /// <summary>Holds what rows would take as float32 against what is free.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="has">What the file does with these rows.</param>
    /// <param name="freeBytes">The bytes that are free; null to ask the machine.</param>
    /// <param name="bookkeeping">The bytes that are needed besides, while the rows are read.</param>
    /// <param name="options">The names of the options in the remedy.</param>
    /// <exception cref="N2DException">No array holds as many values (<c>TooManyValues</c>), or the machine has not the memory (<c>DoesNotFitInMemory</c>).</exception>
    public static void ThrowIfTooLarge(InputFile file, long rowCount, long columnCount, string remedy, string has = "has", long? freeBytes = null, Int128 bookkeeping = default, params string[] options)
    {
        var valueCount = (Int128)rowCount * columnCount;
        if (valueCount > Array.MaxLength)
        {
            throw file.Invalid("TooManyValues", $" {has} {rowCount} rows of {columnCount} values, more than the {Array.MaxLength} values that an array holds. {remedy}", options);
        }

        var (needed, free) = ((sizeof(float) * valueCount) + bookkeeping, freeBytes ?? MachineMemory.FreeBytes);
        if (needed > free)
        {
            throw new N2DException(
                "DoesNotFitInMemory",
                ErrorKind.OutOfResources,
                $"'{file.Name}' {has} {rowCount} rows of {columnCount} values, which take {MachineMemory.TextOf((long)Int128.Min(needed, long.MaxValue))} in memory, where {MachineMemory.TextOf(free)} are free. {remedy}",
                file.FullPath)
            {
                Options = options,
            };
        }
    }
}
