namespace N2D.Data;

/// <summary>Divides large files into ranges of rows, for processes that each read one.</summary>
public static class FileParts
{
    private const int MaxPartCount = 1_000_000;

    /// <summary>Divides a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="rowsPerPart">
    /// The largest number of rows of a part. A part of a Parquet file is at least one row group, which is read as a whole.
    /// </param>
    /// <param name="execution">Cancellation.</param>
    /// <returns>
    /// The ranges in order; a single null, for all rows, if the file has no more rows than a part, or a format that is read as a whole.
    /// </returns>
    /// <exception cref="N2DException">The file cannot be read, or would have more than a million parts (<c>TooManyParts</c>).</exception>
    public static IReadOnlyList<RowRange?> Of(string path, long rowsPerPart, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        IReadOnlyList<long> pieces = FileFormats.Detect(path) switch
        {
            DatasetFormat.Npy when NpyReader.ReadDivisibleRowCount(path, execution) is { } count => PiecesOf(path, count, rowsPerPart),
            DatasetFormat.Parquet => ParquetFileReader.ReadGroupSizes(path, execution),
            _ => [],
        };
        return pieces.Sum() <= rowsPerPart ? [null] : [.. Joined(pieces, rowsPerPart).Select(part => (RowRange?)part)];
    }

    private static IReadOnlyList<long> PiecesOf(string path, long rowCount, long rowsPerPart)
    {
        var count = rowCount == 0 ? 0 : ((rowCount - 1) / rowsPerPart) + 1;
        return count <= MaxPartCount
            ? [.. Enumerable.Range(0, (int)count).Select(part => Math.Min(rowsPerPart, rowCount - (part * rowsPerPart)))]
            : throw new N2DException(
                "TooManyParts",
                ErrorKind.InvalidArgument,
                FormattableString.Invariant($"'{path}' has {rowCount:N0} rows, which would be {count:N0} parts of {rowsPerPart:N0} rows. ")
                    + FormattableString.Invariant($"At most {MaxPartCount:N0} parts are possible: use more rows for each."),
                path);
    }

    /// <summary>Joins consecutive pieces as long as a part has not too many rows.</summary>
    private static IEnumerable<RowRange> Joined(IReadOnlyList<long> pieces, long rowsPerPart)
    {
        var (start, count) = (0L, 0L);
        foreach (var piece in pieces)
        {
            if (count > 0 && count + piece > rowsPerPart)
            {
                yield return new RowRange(start, count);
                (start, count) = (start + count, 0);
            }

            count += piece;
        }

        yield return new RowRange(start, count);
    }
}
