using System.Collections.Frozen;

namespace N2D.Data;

/// <summary>Words that are often names of text columns and rarely their values.</summary>
internal static class HeaderWords
{
    private static readonly FrozenSet<string> Usual = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "id", "ids", "index", "idx", "key", "code", "no", "nr", "num", "number", "row", "label", "labels", "class", "classes", "name",
        "names",
        "type", "types", "kind", "category", "categories", "group", "groups", "cluster", "species", "variety", "target", "outcome",
        "diagnosis",
        "result", "response", "status", "y", "country", "countries", "region", "city", "place", "location", "station", "site", "sensor",
        "device",
        "date", "day", "month", "year", "time", "timestamp", "datetime", "sample", "samples", "subject", "patient", "person", "user",
        "customer",
        "product", "item", "gene", "cell", "word", "token", "title", "text", "description", "note", "comment", "sex", "gender", "color",
        "material",
        "source", "file", "filename", "path", "url", "entity", "state", "brand", "model");

    /// <summary>Returns whether a cell is such a word or ends with one, such as <c>sample_id</c> and <c>Country Name</c>.</summary>
    public static bool Contains(string cell)
    {
        var words = cell.Split([' ', '_', '-', '.'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0
            && (Usual.Contains(words[^1])
                || (words[^1].EndsWith("Id", StringComparison.Ordinal) && words[^1].Length > 2)
                || words[^1].EndsWith("ID", StringComparison.Ordinal));
    }
}
