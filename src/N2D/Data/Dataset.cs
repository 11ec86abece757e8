using System.Globalization;
using N2D.Models;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Rows as they were read, scaled but otherwise untouched: the embedding that nothing has been fitted to yet.
/// </summary>
public sealed class Dataset : Embedding
{
    private readonly string[] _columnNames;
    private readonly IReadOnlyList<string>? _ids;

    /// <summary>Makes a data set.</summary>
    /// <param name="name">What the user calls it; names the runs made of it.</param>
    /// <param name="rows">n rows in d columns.</param>
    /// <param name="labels">The known class of each row, or null.</param>
    /// <param name="columnNames">The name of each column, or null for x1, x2, ...</param>
    /// <param name="imageShape">The shape of the images that the rows hold, or null.</param>
    /// <param name="source">Where the rows came from: a path or, for the embedded sample, its name.</param>
    /// <param name="execution">Progress and cancellation of the look at all values; nobody and never unless given.</param>
    /// <exception cref="N2DException">
    /// There are no rows (<c>EmptyDataset</c>), a value is NaN or infinite (<c>NotFinite</c>), or the labels are not one a row
    /// (<c>LabelCountMismatch</c>).
    /// </exception>
    public Dataset(
        string name,
        IDataMatrix rows,
        Labels? labels = null,
        IReadOnlyList<string>? columnNames = null,
        ImageShape? imageShape = null,
        string source = "",
        Execution? execution = null)
        : base(name, rows)
    {
        if (rows.RowCount == 0)
        {
            throw new N2DException("EmptyDataset", ErrorKind.InvalidData, $"Data set '{name}' has no rows.", name);
        }

        if (labels is not null && labels.RowCount != rows.RowCount)
        {
            throw new N2DException(
                "LabelCountMismatch",
                ErrorKind.InvalidData,
                $"Data set '{name}' has {Quantity.Of(rows.RowCount, "row")} but {Quantity.Of(labels.RowCount, "label")}.",
                name);
        }

        _columnNames = columnNames is null
            ? [.. Enumerable.Range(0, rows.ColumnCount).Select(NumberedColumn)]
            : [.. columnNames];
        ThrowIfNotFinite(name, rows, _columnNames, execution ?? Execution.Default);
        Labels = labels;
        ImageShape = imageShape;
        Source = source;
    }

    /// <summary>The shape of the images that the rows hold, where they do.</summary>
    public ImageShape? ImageShape { get; }

    /// <summary>Where the rows came from: a path or, for the embedded sample, its name.</summary>
    public string Source { get; }

    /// <summary>What the values of the file were divided by when they were read, such as 255 for the bytes of images; 1 if nothing was done to them.</summary>
    public float Divisor { get; init; } = 1;

    internal Labels? Labels { get; }

    /// <summary>The id of each row; null if none were given.</summary>
    /// <exception cref="ArgumentException">They are not one a row.</exception>
    internal IReadOnlyList<string>? Ids
    {
        get => _ids;
        init => _ids = value is null || value.Count == RowCount ? value : throw new ArgumentException($"There are {value.Count} ids of {RowCount} rows.", nameof(value));
    }

    /// <summary>What the ids were called where the rows came from, a property or a column; null if there are none, or nobody said.</summary>
    internal string? IdName { get; init; }

    /// <summary>The name of each column.</summary>
    public IReadOnlyList<string> GetColumnNames() => _columnNames;

    /// <summary>The name of a column that has none.</summary>
    /// <param name="column">Column, from 0.</param>
    internal static string NumberedColumn(int column) => string.Create(CultureInfo.InvariantCulture, $"x{column + 1}");

    /// <summary>The same rows with ids.</summary>
    /// <param name="ids">An id a row; null for none, and nothing new.</param>
    /// <param name="name">What the ids are called where the rows came from.</param>
    /// <param name="execution">Warned of ids that are there twice.</param>
    internal Dataset WithIds(IReadOnlyList<string>? ids, string? name, Execution? execution)
    {
        if (ids is null)
        {
            return this;
        }

        if (ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            execution?.Warn?.Invoke($"Data set '{Dataset}': {twice.Count()} rows have the id '{twice.Key}'. What is found by id is not found for certain.");
        }

        return new Dataset(Dataset, GetDataMatrix(), Labels, _columnNames, ImageShape, Source) { Divisor = Divisor, Ids = ids, IdName = name };
    }

    /// <summary>The same rows with some of the columns, in the order given.</summary>
    /// <param name="columns">Columns, from 0.</param>
    internal Dataset SelectColumns(ReadOnlySpan<int> columns)
    {
        if (columns.SequenceEqual([.. Enumerable.Range(0, Dimension)]))
        {
            return this;
        }

        var rows = GetRows();
        var values = new float[(long)RowCount * columns.Length];
        for (var row = 0; row < RowCount; row++)
        {
            var source = rows.Row(row);
            var target = values.AsSpan(row * columns.Length, columns.Length);
            for (var place = 0; place < columns.Length; place++)
            {
                target[place] = source[columns[place]];
            }
        }

        return new Dataset(Dataset, Matrix.Own(values, columns.Length), Labels, [.. columns.ToArray().Select(column => _columnNames[column])], source: Source)
        {
            Divisor = Divisor,
            Ids = Ids,
            IdName = IdName,
        };
    }

    private static void ThrowIfNotFinite(string name, IDataMatrix rows, string[] columnNames, Execution execution)
    {
        if (rows.FindNotFinite(execution) is var (row, column, value))
        {
            throw new N2DException(
                "NotFinite",
                ErrorKind.InvalidData,
                $"Data set '{name}', row {row + 1}, column '{columnNames[column]}' is {value}; every value must be a finite number. "
                    + "Remove such rows, or fill the gaps, before importing.",
                name);
        }
    }
}
