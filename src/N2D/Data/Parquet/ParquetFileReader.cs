using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads Parquet, the columnar format of Apache Arrow, pandas, DuckDB and Spark: columns of numbers, Booleans and text, and lists of
/// numbers, which become several columns each.
/// </summary>
/// <param name="options">The roles of the columns, and how to parse them.</param>
/// <remarks>
/// The library has its own decoder. Parquet.Net 6.1.0, the newest version, hangs on 15 of 6000 files in which one to three bytes were
/// changed, cannot be canceled meanwhile, and cannot read lists in version 2 pages. ParquetSharp (Arrow C++) handles all 6000 and decodes
/// faster, but adds 16 to 27 MB for each platform. In this decoder, every loop consumes bytes or produces values of a page, so reading ends
/// for any file.
/// </remarks>
public sealed class ParquetFileReader(TableOptions? options = null) : IDatasetReader
{
    private const int RowsAtOnce = 1 << 16;

    private readonly TableOptions _options = options ?? new TableOptions();

    /// <summary>The rows to read; null for all. Row groups outside of it are not read.</summary>
    internal RowRange? Range { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// Error ids: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptGzip</c>,
    /// <c>ParquetUnreadable</c>, <c>NoRows</c>, <c>TooManyRows</c>, <c>TooManyValues</c>, <c>DoesNotFitInMemory</c>,
    /// <c>IdColumnUnusable</c>, <c>LabelColumnUnusable</c>, <c>CategoryColumnUnusable</c>, <c>GroupColumnUnusable</c>, and those of
    /// <see cref="TableBuilder"/>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        using var content = file.ToSeekable();
        return Read(file, content, path, execution ?? Execution.Default);
    }, execution);

    /// <summary>Reads the numbers of rows of the row groups.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="execution">Cancellation.</param>
    internal static IReadOnlyList<long> ReadGroupSizes(string path, Execution execution) => InputFile.Read(path, file =>
    {
        using var content = file.ToSeekable();
        return Decode(file, () => ParquetFooter.Read(content)).Groups.Select(group => group.RowCount).ToArray();
    }, execution);

    /// <summary>Whether a file starts with the magic number of Parquet.</summary>
    /// <param name="head">The first bytes.</param>
    internal static bool IsParquet(ReadOnlySpan<byte> head) => head.StartsWith(ParquetFooter.Magic);

    private Dataset Read(InputFile file, Stream content, string path, Execution execution)
    {
        var footer = Decode(file, () => ParquetFooter.Read(content));
        var leaves = ParquetLeaf.Of(footer.Schema);
        var table = new TableBuilder(
            TableSource.Of(file, FileFormats.DatasetNameOf(path), path, "row"), [.. leaves.Select(leaf => leaf.Name)], _options, execution);
        var (start, rowCount) = Range?.Within(footer.RowCount, file.Name) ?? (0, footer.RowCount);
        ThrowIfOutOfReach(file, start + rowCount);
        ThrowIfTooLarge(file, footer, leaves, table, rowCount);
        ParquetColumn[] columns =
            [.. Enumerable.Range(0, leaves.Count).Where(table.IsUsed).Select(place => ColumnOf(file, leaves[place], place, table))];
        var pages = new ParquetPages(content, execution.CancellationToken);
        var groupStart = 0L;
        foreach (var group in footer.Groups)
        {
            var (first, end) = (Math.Max(start - groupStart, 0), Math.Min(start + rowCount - groupStart, group.RowCount));
            groupStart += group.RowCount;
            if (first >= end)
            {
                continue;
            }

            for (var column = 0; column < columns.Length; column++)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                execution.Report(
                    $"{file.Name}: {table.RowCount} of {Quantity.Of(rowCount, "row")}",
                    (table.RowCount + (group.RowCount * (double)column / columns.Length)) / Math.Max(1, rowCount));
                Decode(file, () => columns[column].Read(pages, group));
            }

            AddRows(table, columns, ((int)first, (int)end), (int)start, footer, execution);
        }

        return table.Build();
    }

    /// <summary>Rows have numbers of 32 bits.</summary>
    private static void ThrowIfOutOfReach(InputFile file, long end)
    {
        if (end > int.MaxValue)
        {
            throw new N2DException(
                "TooManyRows",
                ErrorKind.InvalidData,
                FormattableString.Invariant($"Only the first {int.MaxValue:N0} rows of '{file.Name}' can be read. Divide the file."),
                file.FullPath);
        }
    }

    /// <summary>Runs a decoding step. Any exception in it means a damaged file.</summary>
    private static T Decode<T>(InputFile file, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (OutOfMemoryException error)
        {
            throw new N2DException(
                "DoesNotFitInMemory",
                ErrorKind.OutOfResources,
                $"'{file.Name}' does not fit in memory. Write a file with fewer rows or columns.",
                file.FullPath,
                error);
        }
        catch (Exception error) when (error is EndOfStreamException or not (OperationCanceledException or IOException))
        {
            throw new N2DException(
                "ParquetUnreadable",
                ErrorKind.InvalidData,
                $"'{file.Name}' cannot be read as Parquet: {error.Message}. It may be damaged. Copy or write it again.",
                file.FullPath,
                error);
        }
    }

    private static void AddRows(
        TableBuilder table, ParquetColumn[] columns, (int First, int End) rows, int skipped, ParquetFooter footer, Execution execution)
    {
        for (var row = rows.First; row < rows.End;)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var (number, count) = (skipped + table.RowCount + 1, Math.Min(RowsAtOnce, rows.End - row));
            if (table.TryBeginRows(number, count))
            {
                foreach (var column in columns)
                {
                    if (count < rows.End - row)
                    {
                        column.MakeRoom(table, footer);
                    }

                    column.AddTo(table, row, count, number);
                }

                row += count;
                continue;
            }

            table.BeginRow(number);
            foreach (var column in columns)
            {
                column.AddTo(table, row, number);
            }

            row++;
        }
    }

    private static void ThrowIfTooLarge(InputFile file, ParquetFooter footer, List<ParquetLeaf> leaves, TableBuilder table, long rowCount)
    {
        var valueCount = Enumerable.Range(0, leaves.Count).Where(table.IsFeature)
            .Sum(place => leaves[place].Shape == ParquetShape.Vector
                ? footer.Groups.Sum(group => group.Chunks[leaves[place].Chunk].ValueCount)
                : footer.RowCount);
        if (rowCount > 0)
        {
            var columnCount = (valueCount + footer.RowCount - 1) / footer.RowCount;
            DenseMemory.ThrowIfTooLarge(file, rowCount, columnCount, "Write a file with fewer rows or columns.");
        }
    }

    private ParquetColumn ColumnOf(InputFile file, ParquetLeaf leaf, int place, TableBuilder table)
    {
        var isFeature = table.IsFeature(place);
        var text = leaf.Shape == ParquetShape.Plain ? ParquetText.Of(leaf.Values) : null;
        return leaf.Shape switch
        {
            ParquetShape.Plain when isFeature && leaf.Values.IsNumber => new ParquetNumberColumn(leaf, place),
            ParquetShape.Vector when isFeature => new ParquetVectorColumn(leaf, place, _options.Terms),
            _ when text is not null
                && (!isFeature || leaf.Values.Meaning == ParquetMeaning.Text) => new ParquetTextColumn(leaf, place, text),
            _ when text is not null => new ParquetRefusedColumn(leaf, place, text),
            _ when isFeature => new ParquetNestedColumn(leaf, place),
            _ => throw Unusable(file, leaf, table.RoleOf(place)),
        };
    }

    private N2DException Unusable(InputFile file, ParquetLeaf leaf, ColumnRole role)
    {
        var (noun, option) = role switch
        {
            ColumnRole.Id => ("ids", nameof(TableOptions.IdColumn)),
            ColumnRole.Label => ("labels", nameof(TableOptions.LabelColumn)),
            ColumnRole.Group => ("groups", nameof(TableOptions.GroupColumn)),
            _ => ("categories", nameof(TableOptions.CategoryColumns)),
        };
        return file.Invalid(
            $"{role}ColumnUnusable",
            $", {_options.Terms.Column} {Quotation.Of(leaf.Name)}: it contains {leaf.KindName}, which cannot be {noun}. "
                + $"Use another {_options.Terms.Column} for {option}.",
            option);
    }
}
