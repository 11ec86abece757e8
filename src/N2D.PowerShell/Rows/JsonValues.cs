using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace N2D.PowerShell;

/// <summary>Values of the session as JSON, and back.</summary>
internal static class JsonValues
{
    /// <summary>
    /// Converts a value. Dictionaries become objects, other collections arrays, and other values numbers, Booleans or text.
    /// </summary>
    public static JsonNode? From(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        SwitchParameter flag => JsonValue.Create(flag.IsPresent),
        Enum name => JsonValue.Create(name.ToString()),
        string text => JsonValue.Create(text),
        byte or sbyte or short or ushort or int or uint or long => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        float or double or decimal when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number =>
            double.IsFinite(number) ? JsonValue.Create(number) : null,
        IDictionary entries => new JsonObject(entries.Cast<DictionaryEntry>().Select(entry =>
            KeyValuePair.Create(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, From(entry.Value)))),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(From)]),
        var other => JsonValue.Create(Convert.ToString(other, CultureInfo.InvariantCulture)),
    };

    /// <summary>Converts JSON to values that cmdlets take: an object becomes a hashtable, for splatting.</summary>
    public static object? To(JsonNode? node) => node switch
    {
        null => null,
        JsonObject entries => new Hashtable(entries.ToDictionary(entry => entry.Key, entry => To(entry.Value))),
        JsonArray items => items.Select(To).ToArray(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when value.TryGetValue<long>(out var whole) => whole,
            JsonValueKind.Number => value.GetValue<double>(),
            _ => value.GetValue<string>(),
        },
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Converts the scalar properties of an object.</summary>
    public static JsonObject OfProperties(object item) =>
        new(PSObject.AsPSObject(item).Properties.Where(property => property.IsGettable).Select(property => (property.Name, property.Value))
            .Where(property => property.Value is null or string or IConvertible or PSObject { BaseObject: IConvertible })
            .Select(property => KeyValuePair.Create(property.Name, From(property.Value))));
}
