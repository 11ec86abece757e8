using System.Text;

namespace N2D.Profiles;

/// <summary>Splits text into words.</summary>
internal static class WordTokens
{
    private const int ShortestWord = 2;

    /// <summary>English words without content: articles, pronouns, prepositions, conjunctions and auxiliary verbs.</summary>
    private static readonly HashSet<string> StopWords = new(StringComparer.Ordinal)
    {
        "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "do", "for", "from", "had", "has", "have", "he", "her", "his",
        "if", "in", "into", "is", "it", "its", "my", "of", "on", "or", "our", "she", "so", "than", "that", "the", "their", "then", "there",
        "these", "they", "this", "to", "was", "we", "were", "which", "will", "with", "you", "your",
    };

    /// <summary>
    /// Enumerates the words of a text, in lower case: runs of letters, digits and underscores with at least two characters, as in
    /// scikit-learn's CountVectorizer. Runs without a letter, such as numbers and times, are left out, because they vary from row to row.
    /// So are English words without content, such as <c>the</c>; negations are kept.
    /// </summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        var hasLetter = false;
        foreach (var character in text.Append(' '))
        {
            if (char.IsLetterOrDigit(character) || character == '_')
            {
                word.Append(char.ToLowerInvariant(character));
                hasLetter |= char.IsLetter(character);
                continue;
            }

            if (hasLetter && word.Length >= ShortestWord && word.ToString() is var found && !StopWords.Contains(found))
            {
                yield return found;
            }

            word.Clear();
            hasLetter = false;
        }
    }
}
