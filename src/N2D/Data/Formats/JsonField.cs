using System.Text;

namespace N2D.Data;

/// <summary>A field of JSON records. Nested records form a tree of fields, whose leaves are columns.</summary>
/// <param name="key">The key of the field.</param>
/// <param name="name">The qualified name, with the keys of the enclosing records: <c>outer.inner</c>.</param>
/// <param name="order">The position of the field in the order of first appearance.</param>
internal sealed class JsonField(string key, string name, int order)
{
    private const int MaxStackNameLength = 256;

    private Dictionary<string, JsonField>? _children;

    /// <summary>The qualified name, with the keys of the enclosing records.</summary>
    public string Name => name;

    /// <summary>The position of the field in the order of first appearance.</summary>
    public int Order => order;

    /// <summary>The fields of nested records; empty if the field contains values.</summary>
    public IReadOnlyCollection<JsonField> Children => _children is null ? [] : _children.Values;

    /// <summary>Whether a record has a value here that is neither null nor a record.</summary>
    public bool HasValues { get; set; }

    /// <summary>Whether a record has null here.</summary>
    public bool HasNulls { get; set; }

    /// <summary>Whether a record has a nested record here.</summary>
    public bool HasRecords { get; set; }

    /// <summary>The column, from 0; -1 if there is none.</summary>
    public int Column { get; set; } = -1;

    /// <summary>Whether the field is a column.</summary>
    public bool IsColumn => HasValues || (HasNulls && !HasRecords);

    /// <summary>The key of the field.</summary>
    public string Key => key;

    /// <summary>Finds the child field of the current property name; null if there is none.</summary>
    /// <param name="tokens">The tokens, at the property name.</param>
    public JsonField? Find(JsonTokens tokens)
    {
        if (_children is null)
        {
            return null;
        }

        // Names recur in every record; known names are found without creating a string.
        Span<char> text = stackalloc char[MaxStackNameLength];
        return tokens.Bytes.Length <= MaxStackNameLength && !tokens.Bytes.Contains((byte)'\\')
            ? _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(
                text[..Encoding.UTF8.GetChars(tokens.Bytes, text)], out var found) ? found : null
            : _children.GetValueOrDefault(tokens.GetString());
    }

    /// <summary>Adds a child field.</summary>
    /// <param name="childKey">The key of the child field.</param>
    /// <param name="childOrder">Its position in the order of first appearance.</param>
    public JsonField Add(string childKey, int childOrder)
    {
        var child = new JsonField(childKey, name.Length == 0 ? childKey : $"{name}.{childKey}", childOrder);
        (_children ??= new Dictionary<string, JsonField>(StringComparer.Ordinal)).Add(childKey, child);
        return child;
    }

    /// <summary>Returns the field, if it is a column, and all columns below it.</summary>
    public IEnumerable<JsonField> Columns() => Children.SelectMany(child => child.Columns()).Concat(IsColumn ? [this] : []);
}
