using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace N2D.Studies;

/// <summary>JSON with one text for each content: names in ordinal order, without blanks.</summary>
internal static class CanonicalJson
{
    /// <summary>As much of a SHA-256 as makes equal keys of different contents practically impossible.</summary>
    private const int KeyBytes = 16;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the text of a JSON value.</summary>
    public static string Of(JsonNode? node) => Sorted(node)?.ToJsonString(Readable) ?? "null";

    /// <summary>Returns the first 128 bits of the SHA-256 of a JSON value, as 32 hexadecimal digits.</summary>
    public static string KeyOf(JsonNode node) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(node))).AsSpan(0, KeyBytes));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject content => new JsonObject(content.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
