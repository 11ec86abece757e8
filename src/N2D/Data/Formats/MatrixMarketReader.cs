using System.Buffers.Text;
using System.Globalization;
using System.Text;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads Matrix Market (.mtx), sparse or dense, with the rows and columns of the file. Single-cell counts (10x Genomics) have a row for
/// each gene and a column for each cell; transpose them to cluster cells. Entries with the same position are added. The rows become dense.
/// </summary>
/// <param name="transpose">Whether the columns of the file become the rows of the data set.</param>
/// <remarks>Boisvert, Pozo, Remington (1996): The Matrix Market Exchange Formats.</remarks>
public sealed class MatrixMarketReader(bool transpose = false) : IDatasetReader
{
    private const int EntriesPerReport = 1 << 14;

    /// <summary>The free memory for the dense rows in bytes; null to query the system.</summary>
    internal long? FreeBytes { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// Errors give the line of the file, from 1. Error ids: those of <see cref="InputFile"/>, and <c>MatrixMarketHeader</c>,
    /// <c>MatrixMarketType</c>, <c>MatrixMarketEntry</c>, <c>MatrixMarketTruncated</c>, <c>MatrixMarketTrailing</c>, <c>NotFinite</c>,
    /// <c>TooManyValues</c>, <c>DoesNotFitInMemory</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null)
    {
        execution ??= Execution.Default;
        return InputFile.Read(path, file => Read(file, path, execution), execution);
    }

    private Dataset Read(InputFile file, string path, Execution execution)
    {
        var lines = new ByteLines(file, execution.CancellationToken);
        var header = MatrixMarketHeader.Read(file, lines);
        var (rowCount, columnCount) = transpose ? (header.ColumnCount, header.RowCount) : (header.RowCount, header.ColumnCount);
        DenseMemory.ThrowIfTooLarge(
            file,
            rowCount,
            columnCount,
            "Sparse rows are converted to dense rows. Reduce the columns first (variable genes, truncated SVD), or use a subset of the "
                + "rows.",
            freeBytes: FreeBytes);
        var values = new float[ArraySize.Of(rowCount, columnCount)];
        var place = header.FirstPlace;
        for (var entry = 0L; entry < header.EntryCount; entry++)
        {
            if (!lines.Read())
            {
                throw file.Invalid(
                    "MatrixMarketTruncated", $" ends after {entry} of {header.EntryCount} entries. Download or copy it again.");
            }

            var value = ReadEntry(file, lines, header, ref place);
            Add(place.Row, place.Column, value);
            if (header.Symmetry != MatrixSymmetry.General && place.Row != place.Column)
            {
                Add(place.Column, place.Row, header.Symmetry == MatrixSymmetry.Skew ? -value : value);
            }

            place = header.IsArray ? header.After(place) : place;
            if (entry % EntriesPerReport == 0)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                execution.Report(
                    $"{file.Name}: {(entry == 1 ? "1 entry" : string.Create(CultureInfo.InvariantCulture, $"{entry} entries"))}",
                    file.Fraction);
            }
        }

        if (lines.Read())
        {
            throw file.Invalid(
                "MatrixMarketTrailing",
                $", line {lines.Number}: the file has more than the {header.EntryCount} entries that its header specifies. "
                    + $"The header is wrong, or two files were joined. Write the file again, or correct the number of entries in the "
                    + $"header.");
        }

        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"'{file.Name}': {Quantity.Of(rowCount, "row")} of {Quantity.Of(columnCount, "column")}{(transpose ? ", transposed" : "")}; "
                + $"{header.EntryCount / (double)((long)header.RowCount * header.ColumnCount):P1} of the values are in the file."));
        return new Dataset(FileFormats.DatasetNameOf(path), Matrix.Own(values, columnCount), source: path, execution: execution);

        void Add(int row, int column, float value) =>
            values[transpose ? (column * columnCount) + row : (row * columnCount) + column] += value;
    }

    /// <summary>Reads an entry. In a sparse matrix, this includes its position, from 0.</summary>
    private static float ReadEntry(InputFile file, ByteLines lines, MatrixMarketHeader header, ref (int Row, int Column) place)
    {
        var rest = lines.Line;
        if (!header.IsArray
            && !(TryIndex(ref rest, header.RowCount, out place.Row) && TryIndex(ref rest, header.ColumnCount, out place.Column)))
        {
            throw file.Invalid(
                "MatrixMarketEntry",
                $", line {lines.Number}: expected a row from 1 to {header.RowCount} and a column from 1 to {header.ColumnCount}.");
        }

        if (header.IsPattern)
        {
            return 1;
        }

        var token = SpacedRows.Next(ref rest);
        return !float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? throw file.Invalid(
                "MatrixMarketEntry", $", line {lines.Number}: '{Quotation.Visible(Encoding.UTF8.GetString(token))}' is not a number.")
            : float.IsFinite(value) ? value
            : throw file.Invalid(
                "NotFinite",
                $", line {lines.Number}: {value} is not a finite float32 number. Replace such values, or remove the rows.");
    }

    private static bool TryIndex(ref ReadOnlySpan<byte> rest, int count, out int index)
    {
        var token = SpacedRows.Next(ref rest);
        var isIndex = Utf8Parser.TryParse(token, out index, out var length) && length == token.Length && index >= 1 && index <= count;
        index--;
        return isIndex;
    }
}
