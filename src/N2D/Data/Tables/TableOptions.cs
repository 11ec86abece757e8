namespace N2D.Data;

/// <summary>The roles of the columns of a table, in any file format or from objects, and how to read their cells.</summary>
/// <remarks>
/// Give a column by its name, in any case, or by its position: 1 is the first column, -1 the last. Names take precedence over positions,
/// because headers can be numbers, and over wildcards: <c>*</c>, <c>?</c>, <c>[a-c]</c>. The wildcard of an option for one column must
/// match a single name.
/// </remarks>
public sealed record TableOptions
{
    private readonly string? _labelColumn;
    private readonly string? _idColumn;
    private readonly string? _weightColumn;
    private readonly string? _groupColumn;
    private readonly IReadOnlyList<string>? _columns;
    private readonly IReadOnlyList<string>? _excludedColumns;
    private readonly IReadOnlyList<string>? _categoryColumns;

    /// <summary>The column with the class of each row, to score a clustering. Null for none.</summary>
    /// <exception cref="N2DException">The value is blank (<c>BlankColumnName</c>).</exception>
    public string? LabelColumn
    {
        get => _labelColumn;
        init => _labelColumn = One(value, "label column");
    }

    /// <summary>The column with the id of each row. Null for none.</summary>
    /// <exception cref="N2DException">The value is blank (<c>BlankColumnName</c>).</exception>
    public string? IdColumn
    {
        get => _idColumn;
        init => _idColumn = One(value, "id column");
    }

    /// <summary>
    /// The column with the weight of each row, 0 or more. To k-means and Gaussian mixtures, a weight of 2 means two equal rows. The column
    /// is not a feature. Null to weight all rows equally.
    /// </summary>
    /// <exception cref="N2DException">The value is blank (<c>BlankColumnName</c>).</exception>
    public string? WeightColumn
    {
        get => _weightColumn;
        init => _weightColumn = One(value, "weight column");
    }

    /// <summary>
    /// The column with the group of each row, such as a person or a machine: text or numbers. The features are scaled within each group
    /// (<see cref="PreparationOptions.Standardize"/>). The column is not a feature. Null for none.
    /// </summary>
    /// <exception cref="N2DException">The value is blank (<c>BlankColumnName</c>).</exception>
    public string? GroupColumn
    {
        get => _groupColumn;
        init => _groupColumn = One(value, "group column");
    }

    /// <summary>The columns to cluster, in this order. Null for all columns without another role.</summary>
    /// <exception cref="N2DException">A value is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? Columns
    {
        get => _columns;
        init => _columns = Several(value, "column to use");
    }

    /// <summary>The columns to exclude. They are neither read nor checked. Null for none.</summary>
    /// <exception cref="N2DException">A value is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? ExcludedColumns
    {
        get => _excludedColumns;
        init => _excludedColumns = Several(value, "column to leave out");
    }

    /// <summary>The columns whose values are categories. Each category becomes a column of 0 and 1. Null for none.</summary>
    /// <exception cref="N2DException">A value is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? CategoryColumns
    {
        get => _categoryColumns;
        init => _categoryColumns = Several(value, "category column");
    }

    /// <summary>
    /// Texts that mark missing values, in addition to the usual ones (<see cref="N2D.Data.MissingMarks"/>). Null for none.
    /// </summary>
    public IReadOnlyList<string>? MissingMarks { get; init; }

    /// <summary>The notation of numbers in text. Null for a decimal point, or for a decimal comma if the table leaves no doubt.</summary>
    public NumberNotation? Culture { get; init; }

    /// <summary>The columns that a fitted model needs. All others are ignored. Null to use only the other options.</summary>
    public RequiredColumns? Required { get; init; }

    /// <summary>The words of messages.</summary>
    public TableTerms Terms { get; init; } = TableTerms.Default;

    /// <summary>Whether reading stops as soon as the column names are known (<see cref="ColumnsKnownException"/>).</summary>
    internal bool StopsAtColumns { get; init; }

    private static string? One(string? value, string what) =>
        value is not null && string.IsNullOrWhiteSpace(value) ? throw Blank(value, $"The {what}") : value?.Trim();

    private static string[]? Several(IReadOnlyList<string>? values, string what) => values is null || values.Count == 0
        ? null
        : values.Any(string.IsNullOrWhiteSpace) ? throw Blank(values, $"A {what}") : [.. values.Select(value => value.Trim())];

    private static N2DException Blank(object value, string what) =>
        new("BlankColumnName", ErrorKind.InvalidArgument, $"{what} is blank. Give its name, or its position from 1.", value);
}
