namespace N2D.Data;

/// <summary>What the columns of a table mean, whatever file or objects they come from.</summary>
/// <remarks>
/// A column is given by its name in any case, or by its position from 1, or from the end by -1, -2, ... A name goes before a position, for headers that are
/// numbers. Where several columns are meant, PowerShell's wildcards (<c>*</c>, <c>?</c>, <c>[a-c]</c>) work too.
/// </remarks>
public sealed record TableOptions
{
    private readonly string? _labelColumn;
    private readonly string? _idColumn;
    private readonly string? _weightColumn;
    private readonly IReadOnlyList<string>? _columns;
    private readonly IReadOnlyList<string>? _excludedColumns;
    private readonly IReadOnlyList<string>? _categoryColumns;

    /// <summary>The column of the class of each row. It serves to score a clustering. Null if there is none.</summary>
    /// <exception cref="N2DException">It is blank (<c>BlankColumnName</c>).</exception>
    public string? LabelColumn
    {
        get => _labelColumn;
        init => _labelColumn = One(value, "label column");
    }

    /// <summary>The column that identifies each row. Null if there is none.</summary>
    /// <exception cref="N2DException">It is blank (<c>BlankColumnName</c>).</exception>
    public string? IdColumn
    {
        get => _idColumn;
        init => _idColumn = One(value, "id column");
    }

    /// <summary>
    /// The column of what each row counts, 0 or more: k-means and mixtures of Gaussians take 2 for two equal rows. It is not clustered.
    /// Null if each row counts once.
    /// </summary>
    /// <exception cref="N2DException">It is blank (<c>BlankColumnName</c>).</exception>
    public string? WeightColumn
    {
        get => _weightColumn;
        init => _weightColumn = One(value, "weight column");
    }

    /// <summary>The columns to cluster, in this order. Null for all that have no other role.</summary>
    /// <exception cref="N2DException">One is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? Columns
    {
        get => _columns;
        init => _columns = Several(value, "column to use");
    }

    /// <summary>The columns to leave out. They are neither read nor checked. Null for none.</summary>
    /// <exception cref="N2DException">One is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? ExcludedColumns
    {
        get => _excludedColumns;
        init => _excludedColumns = Several(value, "column to leave out");
    }

    /// <summary>The columns whose values are categories. Each becomes one column of 0 and 1 for each of its categories. Null for none.</summary>
    /// <exception cref="N2DException">One is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? CategoryColumns
    {
        get => _categoryColumns;
        init => _categoryColumns = Several(value, "category column");
    }

    /// <summary>Texts that mark a missing value, besides the usual ones (<see cref="N2D.Data.MissingMarks"/>). Null for none.</summary>
    public IReadOnlyList<string>? MissingMarks { get; init; }

    /// <summary>How numbers are written as text. Null for a decimal point, or a decimal comma where the table shows that beyond doubt.</summary>
    public NumberNotation? Culture { get; init; }

    /// <summary>The columns that a fitted model needs; all others are ignored. Null to go by the other options alone.</summary>
    public RequiredColumns? Required { get; init; }

    /// <summary>The words of messages.</summary>
    public TableTerms Terms { get; init; } = TableTerms.Default;

    /// <summary>Whether reading stops when the names of the columns are known (<see cref="ColumnsKnownException"/>).</summary>
    internal bool StopsAtColumns { get; init; }

    private static string? One(string? value, string what) =>
        value is not null && string.IsNullOrWhiteSpace(value) ? throw Blank(value, $"The {what}") : value?.Trim();

    private static string[]? Several(IReadOnlyList<string>? values, string what) => values is null || values.Count == 0
        ? null
        : values.Any(string.IsNullOrWhiteSpace) ? throw Blank(values, $"A {what}") : [.. values.Select(value => value.Trim())];

    private static N2DException Blank(object value, string what) =>
        new("BlankColumnName", ErrorKind.InvalidArgument, $"{what} is blank. Give its name, or its position from 1.", value);
}
