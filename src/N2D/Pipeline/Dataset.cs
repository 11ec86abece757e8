using System.Globalization;
using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>
/// Rows as they were read: the embedding that nothing has been fitted to yet.
/// </summary>
public sealed class Dataset : Embedding
{
    private readonly IReadOnlyList<string> _columnNames;
    private readonly IReadOnlyList<string>? _ids;
    private readonly IReadOnlyList<double>? _weights;

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
        : this(name, rows, labels, columnNames, imageShape, source)
    {
        ThrowIfNotFinite(name, rows, _columnNames, execution ?? Execution.Default);
    }

    private Dataset(string name, IDataMatrix rows, Labels? labels, IReadOnlyList<string>? columnNames, ImageShape? imageShape, string source)
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

        // Names that are made on demand stay so, as there may be millions of them; others are copied.
        _columnNames = columnNames switch
        {
            null => LazyNames.Numbered("x", rows.ColumnCount),
            LazyNames names => names,
            _ => [.. columnNames],
        };
        Labels = labels;
        ImageShape = imageShape;
        Source = source;
    }

    /// <summary>A data set of the same origin as another one, with other rows, labels or columns. What belongs to single rows, as their ids do, is the caller's to set.</summary>
    private Dataset(Dataset origin, IDataMatrix rows, Labels? labels, IReadOnlyList<string> columnNames, ImageShape? imageShape)
        : this(origin.Dataset, rows, labels, columnNames, imageShape, origin.Source)
    {
        (Divisor, Raw, Dropped, DropsMissing) = (origin.Divisor, origin.Raw, origin.Dropped, origin.DropsMissing);
        (AreLabelsQuestioned, IdName) = (origin.AreLabelsQuestioned, origin.IdName);
    }

    /// <summary>The shape of the images that the rows hold, where they do.</summary>
    public ImageShape? ImageShape { get; private init; }

    /// <summary>Where the rows came from: a path or, for the embedded sample, its name.</summary>
    public string Source { get; private init; }

    /// <summary>What the values of the file were divided by when they were read, such as 255 for the bytes of images; 1 if nothing was done to them.</summary>
    public float Divisor { get; init; } = 1;

    /// <summary>The number of rows that were left out for their missing values.</summary>
    public int DroppedCount => Dropped?.Places.Length ?? 0;

    internal Labels? Labels { get; private init; }

    /// <summary>What the columns hold besides plain numbers.</summary>
    internal RawColumns Raw { get; private init; } = RawColumns.Plain;

    /// <summary>The rows that were left out for their missing values; null if none were.</summary>
    internal DroppedRows? Dropped { get; private init; }

    /// <summary>Whether its reader has warned of columns that look like labels, from what the file alone shows.</summary>
    internal bool AreLabelsQuestioned { get; private init; }

    /// <summary>What messages call the data set: the name of its file, or its own.</summary>
    internal string Title => Quotation.Of(Source.Length > 0 && Path.IsPathRooted(Source) ? Path.GetFileName(Source) : Dataset);

    /// <summary>Whether rows with missing values were to be left out, so that a model of these rows leaves out such rows too.</summary>
    internal bool DropsMissing { get; private init; }

    /// <summary>The id of each row; null if none were given.</summary>
    /// <exception cref="ArgumentException">They are not one a row.</exception>
    internal IReadOnlyList<string>? Ids
    {
        get => _ids;
        init => _ids = value is null || value.Count == RowCount ? value : throw new ArgumentException($"There are {value.Count} ids of {RowCount} rows.", nameof(value));
    }

    /// <summary>What each row counts; null if each counts once.</summary>
    /// <exception cref="ArgumentException">They are not one a row.</exception>
    internal IReadOnlyList<double>? Weights
    {
        get => _weights;
        private init => _weights = value is null || value.Count == RowCount ? value : throw new ArgumentException($"There are {value.Count} weights of {RowCount} rows.", nameof(value));
    }

    /// <summary>What the ids were called where the rows came from, a property or a column; null if there are none, or nobody said.</summary>
    internal string? IdName { get; init; }

    /// <summary>The name of each column.</summary>
    public new IReadOnlyList<string> GetColumnNames() => _columnNames;

    /// <summary>The rows as they were read, wherever they lie: a missing value is NaN, and a category is its code.</summary>
    public IDataMatrix GetSourceRows() => GetRawMatrix();

    /// <summary>Whether a column holds codes of categories.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsCategory(int column) => Raw.Categories?[column] is not null;

    /// <summary>A category of a column.</summary>
    /// <param name="column">The column, from 0, which holds codes of categories.</param>
    /// <param name="code">The code.</param>
    public string CategoryOf(int column, int code) => Raw.Categories![column]![code];

    /// <summary>The name of each column, as this class and its base both need it.</summary>
    internal IReadOnlyList<string> GetSourceColumnNames() => _columnNames;

    /// <summary>A data set as it is in a table: with gaps, which are NaN, and codes of categories.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="rows">n rows in d columns; gaps are NaN.</param>
    /// <param name="labels">The known class of each row, or null.</param>
    /// <param name="columnNames">The name of each column, or null for x1, x2, ...</param>
    /// <param name="source">Where the rows came from.</param>
    /// <param name="raw">What the columns hold besides plain numbers.</param>
    /// <param name="imageShape">The shape of the images that the rows hold, or null.</param>
    internal static Dataset FromTable(
        string name, IDataMatrix rows, Labels? labels, IReadOnlyList<string>? columnNames, string source, RawColumns raw, ImageShape? imageShape = null) =>
        new(name, rows, labels, columnNames, imageShape, source) { Raw = raw };

    /// <summary>
    /// A data set of an array that may have gaps: NaN is a gap, and infinity is refused.
    /// </summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="rows">n rows in d columns.</param>
    /// <param name="labels">The known class of each row, or null.</param>
    /// <param name="columnNames">The name of each column, or null for x1, x2, ...</param>
    /// <param name="imageShape">The shape of the images that the rows hold, or null.</param>
    /// <param name="source">Where the rows came from.</param>
    /// <param name="offsets">What the values of each column are less than the numbers in the array; null if nothing.</param>
    /// <param name="execution">Progress and cancellation of the look at all values.</param>
    /// <param name="categories">The categories of each column that holds codes; null of others, null if there are none.</param>
    /// <param name="areLabelsQuestioned">Whether the reader has warned of columns that look like labels.</param>
    /// <exception cref="N2DException">There are no rows (<c>EmptyDataset</c>), or a value is infinite (<c>NotFinite</c>).</exception>
    internal static Dataset FromArray(
        string name,
        IDataMatrix rows,
        Labels? labels,
        IReadOnlyList<string>? columnNames,
        ImageShape? imageShape,
        string source,
        double[]? offsets,
        Execution execution,
        IReadOnlyList<string>?[]? categories = null,
        bool areLabelsQuestioned = false)
    {
        var dataset = new Dataset(name, rows, labels, columnNames, imageShape, source);
        var gaps = rows.IsFinite ? [] : ArrayGaps.Find(name, rows, dataset._columnNames, execution);
        return new Dataset(name, rows, labels, dataset._columnNames, imageShape, source)
        {
            AreLabelsQuestioned = areLabelsQuestioned,
            Raw = offsets is null && categories is null && gaps.Count == 0 ? RawColumns.Plain : new RawColumns(offsets, categories, gaps),
        };
    }

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
            execution?.Warn?.Invoke($"Data set '{Dataset}': {twice.Count()} rows have the id {Quotation.Of(twice.Key)}. What is found by id is not found for certain.");
        }

        return new Dataset(this, GetRawMatrix(), Labels, _columnNames, ImageShape) { Ids = ids, IdName = name, Weights = Weights };
    }

    /// <summary>The same rows with weights.</summary>
    /// <param name="weights">What each row counts, 0 or more: k-means and mixtures of Gaussians take 2 for two equal rows, and leave out 0. Null for rows that count once each.</param>
    /// <exception cref="N2DException">
    /// There is not one for each row (<c>WeightCountMismatch</c>), or one is negative, infinite or not a number, or all are 0 (<c>WeightOutOfRange</c>).
    /// </exception>
    public Dataset WithWeights(IReadOnlyList<double>? weights)
    {
        if (weights is not null)
        {
            RowWeights.ThrowIfUnusable(weights, RowCount);
        }

        return new Dataset(this, GetRawMatrix(), Labels, _columnNames, ImageShape) { Ids = Ids, Weights = weights is null ? null : [.. weights] };
    }

    /// <summary>The same rows, with values of the same meaning in other columns.</summary>
    /// <param name="rows">n rows in columns of these names.</param>
    /// <param name="columnNames">The names.</param>
    /// <param name="raw">What these columns hold besides plain numbers.</param>
    internal Dataset WithColumns(Matrix rows, IReadOnlyList<string> columnNames, RawColumns raw) =>
        new(this, rows, Labels, columnNames, null) { Raw = raw, Ids = Ids, Weights = Weights };

    /// <summary>The same rows with some of the columns, in the order given.</summary>
    /// <param name="columns">Columns, from 0.</param>
    internal Dataset SelectColumns(ReadOnlySpan<int> columns)
    {
        if (columns.SequenceEqual([.. Enumerable.Range(0, Dimension)]))
        {
            return this;
        }

        var rows = GetRawRows(Execution.Default);
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

        var selected = columns.ToArray();
        return WithColumns(Matrix.Own(values, columns.Length), [.. selected.Select(column => _columnNames[column])], Raw.Select(selected));
    }

    /// <summary>The rows without missing values, which keep their places in mind; the same data set if all are.</summary>
    internal Dataset DropMissing()
    {
        if (Raw.Gaps.Count == 0)
        {
            return new Dataset(this, GetRawMatrix(), Labels, _columnNames, ImageShape) { DropsMissing = true, Ids = Ids, Weights = Weights };
        }

        var rows = GetRawRows(Execution.Default);
        var isComplete = new bool[RowCount];
        for (var row = 0; row < RowCount; row++)
        {
            isComplete[row] = System.Numerics.Tensors.TensorPrimitives.IsFiniteAll(rows.Row(row));
        }

        int[] kept = [.. Enumerable.Range(0, RowCount).Where(row => isComplete[row])];
        if (kept.Length == 0)
        {
            throw new N2DException(
                "EmptyDataset", ErrorKind.InvalidData, $"Every row of data set '{Dataset}' has a missing value, so that none is left: {string.Join(", ", Raw.Gaps.Take(10))}. Leave columns out, or fill the gaps.", Dataset);
        }

        int[] dropped = [.. Enumerable.Range(0, RowCount).Where(row => !isComplete[row])];
        var values = new float[kept.Length * Dimension];
        rows.CopyRows(kept, values);
        var labels = Labels is null ? null : Labels.FromNames([.. kept.Select(row => Labels[row])]);
        return new Dataset(this, Matrix.Own(values, Dimension), labels, _columnNames, ImageShape)
        {
            Raw = Raw with { Gaps = [] },
            Dropped = new DroppedRows(dropped, Ids is null ? null : [.. dropped.Select(row => Ids[row])], Labels is null ? null : [.. dropped.Select(row => Labels[row])]),
            DropsMissing = true,
            Ids = Ids is null ? null : kept.Select(row => Ids[row]).ToArray(),
            Weights = Weights is null ? null : kept.Select(row => Weights[row]).ToArray(),
        };
    }

    private static void ThrowIfNotFinite(string name, IDataMatrix rows, IReadOnlyList<string> columnNames, Execution execution)
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
