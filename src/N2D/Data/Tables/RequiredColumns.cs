using N2D.Pipeline;

namespace N2D.Data;

/// <summary>The columns of a table that a fitted model needs.</summary>
/// <param name="Names">The names of all columns, in the order of the model.</param>
/// <param name="Categories">The names of the columns that hold categories.</param>
/// <param name="Offsets">The number that was subtracted from each column before the fit; null if all are 0.</param>
public sealed record RequiredColumns(
    IReadOnlyList<string> Names, IReadOnlySet<string> Categories, IReadOnlyList<double>? Offsets = null)
{
    private readonly Dictionary<string, int> _places = Names
        .Select((name, place) => (name, place))
        .DistinctBy(pair => pair.name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(pair => pair.name, pair => pair.place, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the first column if it contains groups; null without groups.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// Whether the model's columns are only numbered (x1, x2, ...), so that a table's columns are matched by their order.
    /// </summary>
    internal bool AreNumbered => Names.Select((name, column) => name == Dataset.NumberedColumn(column)).All(isNumbered => isNumbered);

    /// <summary>Returns whether the model needs a column of this name, in any case.</summary>
    /// <param name="name">The name of a column of a table.</param>
    internal bool Contains(string name) => _places.ContainsKey(name);

    /// <summary>Returns whether the model needs the numbers of a vector column: <c>name1</c>, <c>name2</c>, ...</summary>
    /// <param name="name">The name of a column of a table.</param>
    internal bool ContainsPartsOf(string name) => _places.ContainsKey($"{name}1");

    /// <summary>Returns the number that was subtracted from a column before the fit; null if the model has none.</summary>
    /// <param name="name">The name of the column.</param>
    internal double? OffsetOf(string name) => Offsets is not null && _places.TryGetValue(name, out var place) ? Offsets[place] : null;
}
