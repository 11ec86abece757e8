using System.Globalization;
using N2D.Numerics;
using Parquet;
using Parquet.Schema;

namespace N2D.Data;

/// <summary>
/// Reads Parquet, the column format of Apache Arrow, pandas and Spark: numbers and booleans of plain columns, every one except that of the labels and those left out.
/// A row whose label is null has an unknown one.
/// </summary>
/// <param name="options">The label column and the columns to leave out; the file names its columns itself.</param>
public sealed class ParquetFileReader(DelimitedTextOptions? options = null) : IDatasetReader
{
    private readonly DelimitedTextOptions _options = options ?? new DelimitedTextOptions();

    /// <inheritdoc/>
    /// <remarks>
    /// Ids of errors: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptGzip</c>, <c>ParquetUnreadable</c>, <c>NoRows</c>,
    /// <c>NoNumberColumns</c>, <c>NotANumber</c>, <c>NotFinite</c>, <c>MissingValue</c>, <c>MissingLabel</c>, <c>LabelColumnNotFound</c>, <c>LabelColumnExcluded</c>,
    /// <c>ExcludedColumnNotFound</c>, <c>TooManyValues</c>, <c>DoesNotFitInMemory</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        execution ??= Execution.Default;
        using var content = file.ToSeekable();
        try
        {
            return ReadAsync(file, content, path, execution).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not N2DException and not OperationCanceledException and not OutOfMemoryException)
        {
            // The library throws what it happens upon.
            throw new N2DException("ParquetUnreadable", ErrorKind.InvalidData, $"'{file.Name}' cannot be read as Parquet: {error.Message} It may be damaged; copy or write it again.", path, error);
        }
    });

    /// <summary>The four bytes that each file begins with.</summary>
    /// <param name="head">The first bytes.</param>
    internal static bool IsParquet(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8);

    private async Task<Dataset> ReadAsync(InputFile file, Stream content, string path, Execution execution)
    {
        await using var reader = await ParquetReader.CreateAsync(content, leaveStreamOpen: true, cancellationToken: execution.CancellationToken).ConfigureAwait(false);
        var fields = reader.Schema.GetDataFields();
        var layout = ColumnLayout.Find(file, _options, [.. fields.Select(field => field.Path.ToString())]);
        ThrowIfNotNumbers(file, fields, layout);
        var rowCount = Enumerable.Range(0, reader.RowGroupCount).Sum(group => reader.RowGroups[group].RowCount);
        if (rowCount == 0)
        {
            throw file.Invalid("NoRows", $" has columns but no rows.");
        }

        DenseMemory.ThrowIfTooLarge(file, rowCount, layout.FeatureCount, "Write a part of its rows or columns to a file of their own.");
        var values = new float[rowCount * layout.FeatureCount];
        var labels = layout.Label < 0 ? null : new string?[rowCount];
        var ids = layout.Id < 0 ? null : new string?[rowCount];
        var done = 0;
        for (var number = 0; number < reader.RowGroupCount; number++)
        {
            using var group = reader.OpenRowGroupReader(number);
            var place = 0;
            for (var column = 0; column < fields.Length; column++)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                execution.Report($"{file.Name}: {done} of {Quantity.Of(rowCount, "row")}", (done + (group.RowCount * (double)column / fields.Length)) / rowCount);
                var cells = new ParquetColumn(file, group, fields[column], done);
                if (column == layout.Label)
                {
                    await cells.ReadTextAsync(labels.AsMemory(done), execution.CancellationToken).ConfigureAwait(false);
                }
                else if (column == layout.Id)
                {
                    await cells.ReadTextAsync(ids.AsMemory(done), execution.CancellationToken).ConfigureAwait(false);
                }
                else if (layout.IsNumber(column))
                {
                    await cells.ReadNumbersAsync(values.AsMemory((done * layout.FeatureCount) + place++), layout.FeatureCount, execution.CancellationToken).ConfigureAwait(false);
                }
            }

            done += (int)group.RowCount;
        }

        var known = ToLabels(file, layout, labels);
        execution.Explain?.Invoke(string.Create(CultureInfo.InvariantCulture, $"'{file.Name}': {Quantity.Of(rowCount, "row")} of {Quantity.Of(fields.Length, "column")} in {reader.RowGroupCount} groups; {layout.Describe(known)}."));
        layout.WarnIfScarcelyLabels(execution, file, known);
        return new Dataset(FileFormats.DatasetNameOf(path), Matrix.Own(values, layout.FeatureCount), known, [.. layout.FeatureNames], source: path).WithIds(ToIds(file, layout, ids), layout.IdName, execution);
    }

    private static void ThrowIfNotNumbers(InputFile file, DataField[] fields, ColumnLayout layout)
    {
        string[] others = [.. fields.Where((field, column) => layout.IsNumber(column) && !ParquetColumn.IsNumbers(field)).Select(field => $"'{field.Path}' ({ParquetColumn.KindOf(field)})")];
        if (others.Length > 0)
        {
            throw file.Invalid(
                "NotANumber",
                $" has columns that hold no numbers: {string.Join(", ", others)}. If one of them holds the classes, name it by -LabelColumn; leave the others out: -ExcludeColumn.");
        }

        foreach (var (column, wanted) in new[] { (layout.Label, "label"), (layout.Id, "id") })
        {
            if (column >= 0 && ParquetColumn.IsNested(fields[column]))
            {
                throw file.Invalid("NotANumber", $", column '{layout.Names[column]}', holds {ParquetColumn.KindOf(fields[column])}, and no {wanted} a row.");
            }
        }
    }

    private static string[]? ToIds(InputFile file, ColumnLayout layout, string?[]? ids) => ids is null
        ? null
        : Array.IndexOf(ids, null) is >= 0 and var row
            ? throw file.Invalid("MissingValue", $", row {row + 1}, column '{layout.IdName}': the cell is empty; every row needs its id.")
            : [.. ids.OfType<string>()];

    private static Labels? ToLabels(InputFile file, ColumnLayout layout, string?[]? labels) => labels is null
        ? null
        : labels.Any(label => label is not null) ? Labels.FromNames(labels) : throw file.Invalid("MissingLabel", $", column '{layout.Names[layout.Label]}': no row has a label. Leave out -LabelColumn.");
}
