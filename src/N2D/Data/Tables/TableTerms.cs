namespace N2D.Data;

/// <summary>The words that messages about a table use.</summary>
public sealed record TableTerms
{
    /// <summary>The words for files.</summary>
    public static TableTerms Default { get; } = new();

    /// <summary>The word for one column of the table: <c>column</c>, or <c>property</c> for objects.</summary>
    public string Column { get; init; } = "column";

    /// <summary>A number of columns: <c>1 column</c>, <c>2 properties</c>.</summary>
    /// <param name="count">The number.</param>
    internal string Several(int count) => Quantity.Of(count, Column).Replace("propertys", "properties", StringComparison.Ordinal);
}
