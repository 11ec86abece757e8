using System.Globalization;
using System.Management.Automation;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>Takes rows of numbers, labels and ids out of objects, by the names of their properties; the entries of a dictionary count as properties.</summary>
/// <param name="properties">The properties that hold numbers: names and wildcards; null for all but the other ones.</param>
/// <param name="excluded">Properties to leave out: names and wildcards.</param>
/// <param name="label">The property of the labels; null if there is none.</param>
/// <param name="id">The property of the ids; null if there is none.</param>
internal sealed class PropertyRows(string[]? properties, string[]? excluded, string? label, string? id)
{
    private DatasetBuilder? _builder;
    private string[] _columns = [];
    private float[] _row = [];

    /// <summary>Adds an object; the first one says what the properties are.</summary>
    /// <param name="item">The object.</param>
    /// <param name="datasetName">The name of the data set to make.</param>
    /// <exception cref="N2DException">
    /// A property is not there (<c>PropertyNotFound</c>), there are none to take (<c>NoNumberProperties</c>), or a value is not a number
    /// (<c>NotANumber</c>), missing (<c>MissingValue</c>) or not finite (<c>NotFinite</c>).
    /// </exception>
    public void Add(PSObject item, string datasetName)
    {
        if (_builder is null)
        {
            _columns = ColumnsOf(ItemProperties.NamesOf(item));
            _row = new float[_columns.Length];
            _builder = new DatasetBuilder(datasetName, _columns) { HasLabels = label is not null, IdName = id };
        }

        for (var column = 0; column < _columns.Length; column++)
        {
            _row[column] = ToNumber(ValueOf(item, _columns[column]), _columns[column]);
        }

        _builder.Add(_row, label is null ? null : ItemProperties.TextOf(ValueOf(item, label)), id is null ? null : ToId(ValueOf(item, id)));
    }

    /// <summary>The data set of all objects.</summary>
    /// <param name="execution">Warned of ids that are there twice.</param>
    /// <exception cref="N2DException">There were none (<c>EmptyDataset</c>), or none has a label (<c>MissingLabel</c>).</exception>
    public Dataset Build(Execution execution) => _builder?.Build(execution)
        ?? throw new N2DException("EmptyDataset", ErrorKind.InvalidData, "No object came down the pipeline: there are no rows to make a data set of.");

    private string[] ColumnsOf(string[] names)
    {
        var special = new[] { label, id }.OfType<string>().ToArray();
        var left = names.Where(name => !special.Contains(name, StringComparer.OrdinalIgnoreCase) && !(excluded ?? []).Any(pattern => IsLike(name, pattern))).ToArray();
        foreach (var pattern in excluded ?? [])
        {
            ThrowIfNone(names.Where(name => IsLike(name, pattern)), pattern, names);
        }

        var columns = properties is null ? left : properties.SelectMany(pattern => Meant(pattern, left, names)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return columns.Length > 0
            ? columns
            : throw new N2DException("NoNumberProperties", ErrorKind.InvalidArgument, $"No property is left to take numbers from. The first object has: {ItemProperties.ListOf(names)}.");
    }

    private static string[] Meant(string pattern, string[] left, string[] names)
    {
        // A name goes before a wildcard, for properties such as 'temp [C]'.
        var named = left.Where(name => name.Equals(pattern, StringComparison.OrdinalIgnoreCase)).ToArray();
        return named.Length > 0 ? named : ThrowIfNone(left.Where(name => IsLike(name, pattern)), pattern, names);
    }

    private static string[] ThrowIfNone(IEnumerable<string> found, string pattern, string[] names) => found.ToArray() is { Length: > 0 } some
        ? some
        : throw new N2DException(
            "PropertyNotFound", ErrorKind.InvalidArgument, $"The first object has no property '{pattern}' to take. It has: {ItemProperties.ListOf(names)}. Those of labels, ids and what is left out do not count.", pattern);

    private static bool IsLike(string name, string pattern) =>
        name.Equals(pattern, StringComparison.OrdinalIgnoreCase) || new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name);

    private object? ValueOf(PSObject item, string name) => ItemProperties.TryGet(item, name, out var value) ? value : throw NotThere(name, item);

    private float ToNumber(object? value, string name)
    {
        if (!ItemProperties.TryReadNumber(value, out var number))
        {
            throw NotANumber(ItemProperties.TextOf(value) ?? "", name, value is string ? "" : $" of type {value!.GetType().Name}");
        }

        return number switch
        {
            null => throw Unusable("MissingValue", name, " is empty. Fill the gap, or keep the object out."),
            { } finite when float.IsFinite(finite) => finite,
            _ => throw Unusable("NotFinite", name, $": '{ItemProperties.TextOf(value)}' is not a finite number of float32. Replace it, or keep the object out."),
        };
    }

    private string ToId(object? value) => ItemProperties.TextOf(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw Unusable("MissingValue", id!, " is empty; every object needs its id.");

    private N2DException NotANumber(string text, string name, string type = "")
    {
        const int LongestQuotation = 40;
        var quoted = text.Length > LongestQuotation ? $"'{text[..LongestQuotation]}...'" : $"'{text}'";
        var advice = text.Count(character => character == ',') == 1 && float.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "it has a decimal comma: write it with a decimal point"
            : $"name the properties that hold numbers, -Property, or leave it out: -ExcludeProperty {name}";
        return Unusable("NotANumber", name, $": {quoted}{type} is not a number; {advice}.");
    }

    private N2DException NotThere(string name, PSObject item) => Unusable("PropertyNotFound", name, $" is not there. The object has: {ItemProperties.ListOf(ItemProperties.NamesOf(item))}.");

    private N2DException Unusable(string errorId, string name, string what) =>
        new(errorId, ErrorKind.InvalidData, $"Object {(_builder?.RowCount ?? 0) + 1}, property '{name}'{what}", name);
}
