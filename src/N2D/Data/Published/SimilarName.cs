namespace N2D.Data;

/// <summary>Finds the name that a misspelled name means.</summary>
internal static class SimilarName
{
    private const int MaxEdits = 2;

    /// <summary>Returns the most similar name; null if none differs by at most two letters and fewer than half of its letters.</summary>
    /// <param name="text">The misspelled name, in any case.</param>
    /// <param name="names">The names.</param>
    public static string? Find(string text, IEnumerable<string> names) => names
        .Select(name => (Name: name, Edits: EditsBetween(text.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(found => found.Edits <= MaxEdits && 2 * found.Edits < found.Name.Length)
        .OrderBy(found => found.Edits)
        .Select(found => found.Name)
        .FirstOrDefault();

    /// <summary>The number of letters to insert, delete or replace (Levenshtein distance).</summary>
    private static int EditsBetween(string first, string second)
    {
        int[] edits = [.. Enumerable.Range(0, second.Length + 1)];
        for (var i = 1; i <= first.Length; i++)
        {
            var diagonal = edits[0];
            edits[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var replaced = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = edits[j];
                edits[j] = Math.Min(replaced, 1 + Math.Min(edits[j], edits[j - 1]));
            }
        }

        return edits[^1];
    }
}
