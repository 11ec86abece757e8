using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace N2D.Pipeline;

/// <summary>JSON in model files. Reading is strict.</summary>
internal static class ModelJson
{
    /// <summary>The maximum depth: a description, its parts, their settings and values need no more.</summary>
    private const int MaxDepth = 8;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,

        // Unknown properties come from a later version. Ignoring them would change the meaning.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = MaxDepth,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ExcludeComputed } },
    };

    /// <summary>Serializes a value to text.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Serializes a value to an element.</summary>
    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <summary>Deserializes a value from text.</summary>
    /// <param name="text">JSON.</param>
    /// <exception cref="JsonException">The text is not a valid value of this type.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("it is null");

    /// <summary>Deserializes a value from an element.</summary>
    /// <exception cref="JsonException">The element is not a valid value of this type.</exception>
    public static T Read<T>(JsonElement element) => element.Deserialize<T>(Options)!;

    /// <summary>Excludes computed properties of options: only properties that can be set are written.</summary>
    private static void ExcludeComputed(JsonTypeInfo type)
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
