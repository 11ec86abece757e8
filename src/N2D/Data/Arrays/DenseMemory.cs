namespace N2D.Data;

/// <summary>Rejects files whose rows would not fit in memory, before memory is allocated.</summary>
internal static class DenseMemory
{
    /// <summary>Compares the size of the rows as float32 with the free memory.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="has">The verb of the message, such as <c>has</c>.</param>
    /// <param name="freeBytes">The free memory in bytes; null to query the system.</param>
    /// <param name="bookkeeping">Additional memory in bytes while the rows are read.</param>
    /// <param name="options">The names of the options in the remedy.</param>
    /// <exception cref="N2DException">
    /// The values exceed the maximum length of an array (<c>TooManyValues</c>) or the free memory (<c>DoesNotFitInMemory</c>).
    /// </exception>
    public static void ThrowIfTooLarge(
        InputFile file,
        long rowCount,
        long columnCount,
        string remedy,
        string has = "has",
        long? freeBytes = null,
        Int128 bookkeeping = default,
        params string[] options)
    {
        var valueCount = (Int128)rowCount * columnCount;
        if (valueCount > Array.MaxLength)
        {
            throw file.Invalid(
                "TooManyValues",
                $" {has} {rowCount} rows of {columnCount} values. An array holds up to {Array.MaxLength} values. {remedy}",
                options);
        }

        var (needed, free) = ((sizeof(float) * valueCount) + bookkeeping, freeBytes ?? MachineMemory.FreeBytes);
        if (needed > free)
        {
            throw new N2DException(
                "DoesNotFitInMemory",
                ErrorKind.OutOfResources,
                $"'{file.Name}' {has} {rowCount} rows of {columnCount} values, which need "
                    + $"{MachineMemory.TextOf((long)Int128.Min(needed, long.MaxValue))} of memory; {MachineMemory.TextOf(free)} are free. "
                    + $"{remedy}",
                file.FullPath)
            {
                Options = options,
            };
        }
    }
}
