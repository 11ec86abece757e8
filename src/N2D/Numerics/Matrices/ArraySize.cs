namespace N2D.Numerics;

/// <summary>
/// The number of values of an array with one or more values for each row. An array holds up to 2147483591 (<see cref="Array.MaxLength"/>),
/// and the product of two int values can be larger.
/// </summary>
internal static class ArraySize
{
    /// <summary>Returns the number of values.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="columnCount">The number of values of each row.</param>
    /// <exception cref="N2DException">They are more than an array can hold (<c>TooManyValues</c>).</exception>
    public static int Of(int rowCount, int columnCount)
    {
        ThrowIfTooLarge(rowCount, columnCount, "values", option: null);
        return rowCount * columnCount;
    }

    /// <summary>Throws if there are more values than an array can hold.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="columnCount">The number of values of each row.</param>
    /// <param name="noun">What the values of a row are, such as <c>dimensions</c>.</param>
    /// <param name="option">The option that sets their number; null if no option does.</param>
    /// <exception cref="N2DException">They are more than an array can hold (<c>TooManyValues</c>).</exception>
    public static void ThrowIfTooLarge(int rowCount, int columnCount, string noun, string? option)
    {
        if ((long)rowCount * columnCount > Array.MaxLength)
        {
            throw new N2DException(
                "TooManyValues",
                ErrorKind.OutOfResources,
                $"{rowCount} rows with {columnCount} {noun} have more values than an array can hold, {Array.MaxLength}. "
                    + (option is null ? "Use a part of the rows." : $"Use a smaller {option}, or a part of the rows."),
                rowCount)
            { Options = option is null ? [] : [option] };
        }
    }
}
