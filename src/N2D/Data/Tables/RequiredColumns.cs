using N2D.Pipeline;

namespace N2D.Data;

/// <summary>The columns of a table that a fitted model needs.</summary>
/// <param name="Names">The names of all columns, in the model's order.</param>
/// <param name="Categories">The names of those that hold categories.</param>
/// <param name="Offsets">What the fit has taken off the values of each column; null if nothing.</param>
public sealed record RequiredColumns(
    IReadOnlyList<string> Names, IReadOnlySet<string> Categories, IReadOnlyList<double>? Offsets = null)
{
    private readonly Dictionary<string, int> _places = Names.Select((name, place) => (name, place)).DistinctBy(pair => pair.name, StringComparer.OrdinalIgnoreCase).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the model's columns have nothing but numbers for names, so that a table's columns are taken by their order.</summary>
    internal bool AreNumbered => Names.Select((name, column) => name == Dataset.NumberedColumn(column)).All(isNumbered => isNumbered);

    /// <summary>Whether a column is needed by its name, in any case.</summary>
    /// <param name="name">The name of a column of a table.</param>
    internal bool Contains(string name) => _places.ContainsKey(name);

    /// <summary>Whether the parts of a column's vectors are needed: <c>name1</c>, <c>name2</c>, ...</summary>
    /// <param name="name">The name of a column of a table.</param>
    internal bool ContainsPartsOf(string name) => _places.ContainsKey($"{name}1");

    /// <summary>What the fit has taken off the values of a column; null if the model does not say.</summary>
    /// <param name="name">The name of the column.</param>
    internal double? OffsetOf(string name) => Offsets is not null && _places.TryGetValue(name, out var place) ? Offsets[place] : null;
}
