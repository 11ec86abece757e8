using System.Globalization;
using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>
/// A data set: rows as they were read, before any stage. It is the first embedding of a pipeline.
/// </summary>
public sealed class Dataset : Embedding
{
    private readonly IReadOnlyList<string> _columnNames;
    private readonly IReadOnlyList<string>? _ids;
    private readonly IReadOnlyList<double>? _weights;

    /// <summary>Creates a data set.</summary>
    /// <param name="name">The name of the data set, also used for its runs.</param>
    /// <param name="rows">n rows in d columns.</param>
    /// <param name="labels">The class of each row, or null.</param>
    /// <param name="columnNames">The name of each column, or null for x1, x2, ...</param>
    /// <param name="imageShape">The shape of the images if rows are images, or null.</param>
    /// <param name="source">The source of the rows: a path, or the name of the embedded sample.</param>
    /// <param name="execution">Progress and cancellation while all values are checked; null for none.</param>
    /// <exception cref="N2DException">
    /// There are no rows (<c>EmptyDataset</c>), a value is NaN or infinite (<c>NotFinite</c>), or the numbers of labels and rows differ
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

    private Dataset(
        string name, IDataMatrix rows, Labels? labels, IReadOnlyList<string>? columnNames, ImageShape? imageShape, string source)
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

        // Names that are created on demand are not copied: there can be millions.
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

    /// <summary>Creates a data set with the origin of another one. The caller sets properties of single rows, such as ids.</summary>
    private Dataset(Dataset origin, IDataMatrix rows, Labels? labels, IReadOnlyList<string> columnNames, ImageShape? imageShape)
        : this(origin.Dataset, rows, labels, columnNames, imageShape, origin.Source)
    {
        (Divisor, Raw, Dropped, DropsMissing) = (origin.Divisor, origin.Raw, origin.Dropped, origin.DropsMissing);
        (AreLabelsQuestioned, IdName) = (origin.AreLabelsQuestioned, origin.IdName);
    }

    /// <summary>The shape of the images if rows are images; otherwise null.</summary>
    public ImageShape? ImageShape { get; private init; }

    /// <summary>The source of the rows: a path, or the name of the embedded sample.</summary>
    public string Source { get; private init; }

    /// <summary>The divisor of the values in the file, such as 255 for the bytes of images; 1 if they are unchanged.</summary>
    public float Divisor { get; init; } = 1;

    /// <summary>The number of rows that were dropped because of missing values.</summary>
    public int DroppedCount => Dropped?.Places.Length ?? 0;

    internal Labels? Labels { get; private init; }

    /// <summary>Offsets, categories and missing values of the columns.</summary>
    internal RawColumns Raw { get; private init; } = RawColumns.Plain;

    /// <summary>The rows that were dropped because of missing values; null if there are none.</summary>
    internal DroppedRows? Dropped { get; private init; }

    /// <summary>Whether the reader has already warned of columns that look like labels.</summary>
    internal bool AreLabelsQuestioned { get; private init; }

    /// <summary>The name of the data set in messages: its file name, or its own name.</summary>
    internal string Title => Quotation.Of(Source.Length > 0 && Path.IsPathRooted(Source) ? Path.GetFileName(Source) : Dataset);

    /// <summary>Whether rows with missing values are dropped, also when a model of these rows is applied.</summary>
    internal bool DropsMissing { get; private init; }

    /// <summary>The id of each row; null if there are none.</summary>
    /// <exception cref="ArgumentException">The numbers of ids and rows differ.</exception>
    internal IReadOnlyList<string>? Ids
    {
        get => _ids;
        init => _ids = value is null || value.Count == RowCount
            ? value
            : throw new ArgumentException($"There are {value.Count} ids for {RowCount} rows.", nameof(value));
    }

    /// <summary>The weight of each row; null if each row counts once.</summary>
    /// <exception cref="ArgumentException">The numbers of weights and rows differ.</exception>
    internal IReadOnlyList<double>? Weights
    {
        get => _weights;
        private init => _weights = value is null || value.Count == RowCount
            ? value
            : throw new ArgumentException($"There are {value.Count} weights for {RowCount} rows.", nameof(value));
    }

    /// <summary>The name of the column or property that contained the ids; null if there are no ids, or if it is unknown.</summary>
    internal string? IdName { get; init; }

    /// <summary>The name of each column.</summary>
    public new IReadOnlyList<string> GetColumnNames() => _columnNames;

    /// <summary>The rows as they were read: missing values are NaN, and categories are codes.</summary>
    public IDataMatrix GetSourceRows() => GetRawMatrix();

    /// <summary>Whether a column contains category codes.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsCategory(int column) => Raw.Categories?[column] is not null;

    /// <summary>The category of a code.</summary>
    /// <param name="column">The column, from 0. It must contain category codes.</param>
    /// <param name="code">The code.</param>
    /// <exception cref="N2DException">The column contains no category codes (<c>NoCategories</c>).</exception>
    public string CategoryOf(int column, int code) => Raw.Categories?[column] is { } categories
        ? categories[code]
        : throw new N2DException(
            "NoCategories",
            ErrorKind.InvalidArgument,
            string.Create(CultureInfo.InvariantCulture, $"Column {column} of '{Dataset}' contains numbers, not categories."),
            column);

    /// <summary>The columns that are features, from 0: all but the groups for scaling within groups.</summary>
    internal IEnumerable<int> FeatureColumns => Enumerable.Range(0, _columnNames.Count).Skip(Raw.IsGrouped ? 1 : 0);

    /// <summary>The name of each column, for this class and its base.</summary>
    internal IReadOnlyList<string> GetSourceColumnNames() => _columnNames;

    /// <summary>The factor and the offset that restore the numbers of a column in its source: value x factor + offset.</summary>
    /// <param name="column">The column, from 0. The codes of categories stay the same.</param>
    internal (double Factor, double Offset) UnitOf(int column) =>
        IsCategory(column) ? (1, 0) : (Divisor, Raw.Offsets?[column] ?? 0);

    /// <summary>Creates a data set from a table, which can have missing values (NaN) and category codes.</summary>
    /// <param name="name">The name of the data set.</param>
    /// <param name="rows">n rows in d columns. Missing values are NaN.</param>
    /// <param name="labels">The class of each row, or null.</param>
    /// <param name="columnNames">The name of each column, or null for x1, x2, ...</param>
    /// <param name="source">The source of the rows.</param>
    /// <param name="raw">Offsets, categories and missing values of the columns.</param>
    /// <param name="imageShape">The shape of the images if rows are images, or null.</param>
    internal static Dataset FromTable(
        string name, IDataMatrix rows, Labels? labels, IReadOnlyList<string>? columnNames, string source, RawColumns raw,
        ImageShape? imageShape = null) =>
        new(name, rows, labels, columnNames, imageShape, source) { Raw = raw };

    /// <summary>
    /// Creates a data set from an array, in which NaN is a missing value. Infinity is an error.
    /// </summary>
    /// <param name="name">The name of the data set.</param>
    /// <param name="rows">n rows in d columns.</param>
    /// <param name="labels">The class of each row, or null.</param>
    /// <param name="columnNames">The name of each column, or null for x1, x2, ...</param>
    /// <param name="imageShape">The shape of the images if rows are images, or null.</param>
    /// <param name="source">The source of the rows.</param>
    /// <param name="offsets">The number that was subtracted from each column; null if none was.</param>
    /// <param name="execution">Progress and cancellation while all values are checked.</param>
    /// <param name="categories">The categories of each column with codes, null for other columns; null if there are none.</param>
    /// <param name="areLabelsQuestioned">Whether the reader has already warned of columns that look like labels.</param>
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

    /// <summary>The default name of a column.</summary>
    /// <param name="column">Column, from 0.</param>
    internal static string NumberedColumn(int column) => string.Create(CultureInfo.InvariantCulture, $"x{column + 1}");

    /// <summary>The same rows with ids.</summary>
    /// <param name="ids">The id of each row; null to change nothing.</param>
    /// <param name="name">The name of the column or property that contained the ids.</param>
    /// <param name="execution">Receives a warning about duplicate ids.</param>
    internal Dataset WithIds(IReadOnlyList<string>? ids, string? name, Execution? execution)
    {
        if (ids is null)
        {
            return this;
        }

        if (ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            execution?.Warn?.Invoke(
                $"Data set '{Dataset}': {twice.Count()} rows have the id {Quotation.Of(twice.Key)}. Rows cannot be found reliably by "
                    + "duplicate ids.");
        }

        return new Dataset(this, GetRawMatrix(), Labels, _columnNames, ImageShape) { Ids = ids, IdName = name, Weights = Weights };
    }

    /// <summary>The same rows with weights.</summary>
    /// <param name="weights">
    /// The weight of each row, 0 or more; null if each row counts once. k-means and Gaussian mixtures use weights: a row with weight 2
    /// counts as two equal rows, and rows with weight 0 are ignored.
    /// </param>
    /// <exception cref="N2DException">
    /// The numbers of weights and rows differ (<c>WeightCountMismatch</c>), or a weight is negative, infinite or NaN, or all weights are 0
    /// (<c>WeightOutOfRange</c>).
    /// </exception>
    public Dataset WithWeights(IReadOnlyList<double>? weights)
    {
        if (weights is not null)
        {
            RowWeights.ThrowIfUnusable(weights, RowCount);
        }

        return new Dataset(this, GetRawMatrix(), Labels, _columnNames, ImageShape)
        { Ids = Ids, Weights = weights is null ? null : [.. weights] };
    }

    /// <summary>The same rows with groups, within which their columns can be scaled.</summary>
    /// <param name="column">The name of the column that holds the groups. It becomes the first column.</param>
    /// <param name="groups">The group of each row.</param>
    /// <exception cref="N2DException">The numbers of groups and rows differ (<c>GroupCountMismatch</c>).</exception>
    public Dataset WithGroups(string column, IReadOnlyList<string> groups)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count != RowCount)
        {
            throw new N2DException(
                "GroupCountMismatch",
                ErrorKind.InvalidArgument,
                $"There {Quantity.Are(groups.Count, "group")} for {Quantity.Of(RowCount, "row")}. Provide one group for each row.",
                groups.Count);
        }

        string[] names = [.. groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var codeOf = names.Select((name, code) => (name, code)).ToDictionary(pair => pair.name, pair => pair.code, StringComparer.Ordinal);
        var rows = GetRawRows(Execution.Default);
        var values = new float[(long)RowCount * (Dimension + 1)];
        for (var row = 0; row < RowCount; row++)
        {
            var target = values.AsSpan(row * (Dimension + 1), Dimension + 1);
            target[0] = codeOf[groups[row]];
            rows.Row(row).CopyTo(target[1..]);
        }

        return WithColumns(Matrix.Own(values, Dimension + 1), [column, .. _columnNames], Raw.WithGroups(names, Dimension));
    }

    /// <summary>The same rows with other columns.</summary>
    /// <param name="rows">n rows in the new columns.</param>
    /// <param name="columnNames">The names of the new columns.</param>
    /// <param name="raw">Offsets, categories and missing values of the new columns.</param>
    internal Dataset WithColumns(Matrix rows, IReadOnlyList<string> columnNames, RawColumns raw) =>
        new(this, rows, Labels, columnNames, null) { Raw = raw, Ids = Ids, Weights = Weights };

    /// <summary>The same rows with selected columns, in the given order.</summary>
    /// <param name="columns">Columns, from 0.</param>
    internal Dataset SelectColumns(ReadOnlySpan<int> columns)
    {
        if (columns.SequenceEqual([.. Enumerable.Range(0, Dimension)]))
        {
            return this;
        }

        var rows = GetRawRows(Execution.Default);
        var values = new float[ArraySize.Of(RowCount, columns.Length)];
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

    /// <summary>The rows without missing values. They keep their original row numbers.</summary>
    internal Dataset DropMissing()
    {
        if (Raw.Gaps.Count == 0)
        {
            return new Dataset(this, GetRawMatrix(), Labels, _columnNames, ImageShape)
            { DropsMissing = true, Ids = Ids, Weights = Weights };
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
                "EmptyDataset",
                ErrorKind.InvalidData,
                $"Every row of data set '{Dataset}' has a missing value, so no row is left: {string.Join(", ", Raw.Gaps.Take(10))}. "
                    + "Exclude columns, or fill in the missing values.",
                Dataset);
        }

        int[] dropped = [.. Enumerable.Range(0, RowCount).Where(row => !isComplete[row])];
        var values = new float[kept.Length * Dimension];
        rows.CopyRows(kept, values);
        var labels = Labels is null ? null : Labels.FromNames([.. kept.Select(row => Labels[row])]);
        return new Dataset(this, Matrix.Own(values, Dimension), labels, _columnNames, ImageShape)
        {
            Raw = Raw with { Gaps = [] },
            Dropped = new DroppedRows(
                dropped,
                Ids is null ? null : [.. dropped.Select(row => Ids[row])],
                Labels is null ? null : [.. dropped.Select(row => Labels[row])]),
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
                + "Remove such rows, or fill in the values, before importing.",
                name);
        }
    }
}
