using System.Text.Json;

namespace N2D.Data;

/// <summary>Distinguishes JSON from other text by its first bytes.</summary>
internal static class JsonDetection
{
    /// <summary>
    /// Whether text is JSON. It starts with an object or an array, which is followed by the end or a new line, and not by another cell as
    /// in a CSV file of vectors.
    /// </summary>
    /// <param name="text">The first bytes of a file, in UTF-8.</param>
    public static bool IsJson(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        if (text is not [(byte)'{' or (byte)'[', ..])
        {
            return false;
        }

        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(JsonTokens.Options));
        var count = 0;
        try
        {
            for (; reader.Read(); count++)
            {
                if (count > 0 && reader.CurrentDepth == 0)
                {
                    return IsEnd(text[(int)reader.BytesConsumed..]);
                }
            }

            return count > 1;
        }
        catch (JsonException)
        {
            // Malformed JSON with a property name or a nested list is still JSON. The reader reports the error.
            return count > 1 && (text[0] == '{' || text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..]);
        }
    }

    private static bool IsEnd(ReadOnlySpan<byte> rest)
    {
        var next = rest.TrimStart(" \t\r"u8);
        return next.IsEmpty || next[0] is (byte)'\n' or (byte)'{' or (byte)'[';
    }
}
