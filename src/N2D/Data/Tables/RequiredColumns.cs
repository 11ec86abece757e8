namespace N2D.Data;

/// <summary>The columns of a table that a fitted model needs.</summary>
/// <param name="Names">The names of all columns, in the model's order.</param>
/// <param name="Categories">The names of those that hold categories.</param>
/// <param name="MissingValue">What the model does about missing values.</param>
public sealed record RequiredColumns(IReadOnlyList<string> Names, IReadOnlySet<string> Categories, MissingValuePolicy MissingValue)
{
    /// <summary>Whether the model's columns have nothing but numbers for names, so that a table's columns are taken by their order.</summary>
    internal bool AreNumbered => Names.Select((name, column) => name == Dataset.NumberedColumn(column)).All(isNumbered => isNumbered);

    /// <summary>Whether a column is needed: by its name, or because it holds vectors whose parts are (<c>name1</c>, <c>name2</c>, ...).</summary>
    /// <param name="name">The name of a column of a table.</param>
    internal bool Contains(string name) => Names.Contains(name, StringComparer.Ordinal) || Names.Contains($"{name}1", StringComparer.Ordinal);
}
