namespace N2D.Data;

/// <summary>Divides large files into ranges of rows, for processes that each read one.</summary>
public static class FileParts
{
    /// <summary>Divides a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="rowsPerPart">
    /// The largest number of rows of a part. A part of a Parquet file is at least one row group, which is read as a whole.
    /// </param>
    /// <param name="execution">Cancellation.</param>
    /// <returns>
    /// The ranges in order; a single null, for all rows, if the file has no more rows than a part, or a format that is read as a whole.
    /// </returns>
    /// <exception cref="N2DException">The file cannot be read.</exception>
    public static IReadOnlyList<RowRange?> Of(string path, long rowsPerPart, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        IReadOnlyList<long> pieces = FileFormats.Detect(path) switch
        {
            DatasetFormat.Npy when NpyReader.ReadDivisibleRowCount(path, execution) is { } rowCount => PiecesOf(rowCount, rowsPerPart),
            DatasetFormat.Parquet => ParquetFileReader.ReadGroupSizes(path, execution),
            _ => [],
        };
        return pieces.Sum() <= rowsPerPart ? [null] : [.. Joined(pieces, rowsPerPart).Select(part => (RowRange?)part)];
    }

    private static IReadOnlyList<long> PiecesOf(long rowCount, long rowsPerPart) =>
    [
        .. Enumerable.Range(0, (int)((rowCount + rowsPerPart - 1) / rowsPerPart))
            .Select(part => Math.Min(rowsPerPart, rowCount - (part * rowsPerPart))),
    ];

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
