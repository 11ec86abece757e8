using System.Text;

namespace N2D.Data;

/// <summary>A field of JSON records. Nested records make a tree of fields, and each leaf is a column.</summary>
/// <param name="key">Its own name.</param>
/// <param name="name">Its name with those of the records around it: <c>outer.inner</c>.</param>
/// <param name="order">Which field it is, in the order of first appearance.</param>
internal sealed class JsonField(string key, string name, int order)
{
    private const int LongestStackName = 256;

    private Dictionary<string, JsonField>? _children;

    /// <summary>Its name, with those of the records around it.</summary>
    public string Name => name;

    /// <summary>Which field it is, in the order of first appearance.</summary>
    public int Order => order;

    /// <summary>The fields of the record that it holds; none if it holds values.</summary>
    public IReadOnlyCollection<JsonField> Children => _children is null ? [] : _children.Values;

    /// <summary>Whether some record has a value here, other than null and other than a record.</summary>
    public bool HasValues { get; set; }

    /// <summary>Whether some record has null here.</summary>
    public bool HasNulls { get; set; }

    /// <summary>Whether some record has a record here.</summary>
    public bool HasRecords { get; set; }

    /// <summary>Its column, from 0; -1 if it has none.</summary>
    public int Column { get; set; } = -1;

    /// <summary>Whether it is a column.</summary>
    public bool IsColumn => HasValues || (HasNulls && !HasRecords);

    /// <summary>The last part of its name.</summary>
    public string Key => key;

    /// <summary>The field that a name means here; null if there is none.</summary>
    /// <param name="tokens">The tokens, at the name.</param>
    public JsonField? Find(JsonTokens tokens)
    {
        if (_children is null)
        {
            return null;
        }

        // Names recur in every record: no string is made of a name that is known.
        Span<char> text = stackalloc char[LongestStackName];
        return tokens.Bytes.Length <= LongestStackName && !tokens.Bytes.Contains((byte)'\\')
            ? _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..Encoding.UTF8.GetChars(tokens.Bytes, text)], out var found) ? found : null
            : _children.GetValueOrDefault(tokens.GetString());
    }

    /// <summary>Adds a field.</summary>
    /// <param name="childKey">Its own name.</param>
    /// <param name="childOrder">Which field it is.</param>
    public JsonField Add(string childKey, int childOrder)
    {
        var child = new JsonField(childKey, name.Length == 0 ? childKey : $"{name}.{childKey}", childOrder);
        (_children ??= new Dictionary<string, JsonField>(StringComparer.Ordinal)).Add(childKey, child);
        return child;
    }

    /// <summary>Its columns and those of the fields in it.</summary>
    public IEnumerable<JsonField> Columns() => Children.SelectMany(child => child.Columns()).Concat(IsColumn ? [this] : []);
}
