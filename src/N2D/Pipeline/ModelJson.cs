using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace N2D.Pipeline;

/// <summary>JSON in model files: written whole, and read strictly.</summary>
internal static class ModelJson
{
    /// <summary>A description, its parts, a part's settings, their values: nothing lies deeper.</summary>
    private const int DeepestLevel = 8;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,

        // What is not known here is of a later version, and leaving it out would mean something else.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = DeepestLevel,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatFollows } },
    };

    /// <summary>Writes a value as text.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Writes a value as an element of a larger one.</summary>
    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <summary>Reads a value from text.</summary>
    /// <param name="text">JSON.</param>
    /// <exception cref="JsonException">The text is not that of such a value.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("it is null");

    /// <summary>Reads a value from an element.</summary>
    /// <exception cref="JsonException">The element is not one of such a value.</exception>
    public static T Read<T>(JsonElement element) => element.Deserialize<T>(Options)!;

    /// <summary>Options have properties that follow from others; only those that can be set again are written.</summary>
    private static void LeaveOutWhatFollows(JsonTypeInfo type)
    {
        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            if (type.Properties[index] is { Set: null, AssociatedParameter: null })
            {
                type.Properties.RemoveAt(index);
            }
        }
    }
}
