namespace N2D.Data;

/// <summary>The words that messages about a table use. The defaults are those of this library; a user interface sets its own.</summary>
public sealed record TableTerms
{
    /// <summary>The words of the library.</summary>
    public static TableTerms Default { get; } = new();

    /// <summary>One column of the table: <c>column</c>, or <c>property</c> of objects.</summary>
    public string Column { get; init; } = "column";

    /// <summary>What the user types for an option, given the option's name.</summary>
    public Func<string, string> Parameter { get; init; } = option => option;

    /// <summary>A number of columns: <c>1 column</c>, <c>2 properties</c>.</summary>
    /// <param name="count">The number.</param>
    internal string Several(int count) => Quantity.Of(count, Column).Replace("propertys", "properties", StringComparison.Ordinal);

    /// <summary>The option that selects columns, as the user types it.</summary>
    internal string Select => Parameter(nameof(TableOptions.Columns));

    /// <summary>The option that leaves columns out, as the user types it.</summary>
    internal string Exclude => Parameter(nameof(TableOptions.ExcludedColumns));

    /// <summary>The option that names the column of labels, as the user types it.</summary>
    internal string Label => Parameter(nameof(TableOptions.LabelColumn));

    /// <summary>The option that names the column of ids, as the user types it.</summary>
    internal string Id => Parameter(nameof(TableOptions.IdColumn));

    /// <summary>The option that names the column of weights, as the user types it.</summary>
    internal string Weight => Parameter(nameof(TableOptions.WeightColumn));

    /// <summary>The option that names columns of categories, as the user types it.</summary>
    internal string Category => Parameter(nameof(TableOptions.CategoryColumns));

    /// <summary>The option that adds marks of missing values, as the user types it.</summary>
    internal string Mark => Parameter(nameof(TableOptions.MissingMarks));

    /// <summary>The option that sets how numbers are written, as the user types it.</summary>
    internal string Culture => Parameter(nameof(TableOptions.Culture));

    /// <summary>The option that says what to do about missing values, as the user types it.</summary>
    internal string MissingValue => Parameter(nameof(PreparationOptions.MissingValue));

    /// <summary>The option that brings columns to one scale, as the user types it.</summary>
    internal string Standardize => Parameter(nameof(PreparationOptions.Standardize));
}
