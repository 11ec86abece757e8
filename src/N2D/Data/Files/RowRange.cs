namespace N2D.Data;

/// <summary>A range of the rows of a file, so that several processes can each read a part. Immutable.</summary>
/// <param name="Skip">The number of rows before the range, 0 or more.</param>
/// <param name="First">The number of rows of the range, 1 or more; null for all that follow.</param>
public readonly record struct RowRange(long Skip, long? First)
{
    /// <summary>Returns the start of the range in a file, and its number of rows.</summary>
    /// <param name="rowCount">The number of rows of the file.</param>
    /// <param name="file">The name of the file, for the error.</param>
    /// <exception cref="N2DException">The range has no rows (<c>RowRangeEmpty</c>).</exception>
    internal (long Start, long Count) Within(long rowCount, string file) => Skip < rowCount
        ? (Skip, Math.Min(First ?? rowCount, rowCount - Skip))
        : throw new N2DException(
            "RowRangeEmpty",
            ErrorKind.InvalidArgument,
            $"'{file}' has {Quantity.Of(rowCount, "row")}, and {Skip} are skipped. Skip fewer rows.",
            file)
        { Options = [nameof(Skip)] };
}
