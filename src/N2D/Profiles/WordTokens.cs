using System.Text;

namespace N2D.Profiles;

/// <summary>Splits text into words.</summary>
internal static class WordTokens
{
    private const int ShortestWord = 2;

    /// <summary>
    /// Enumerates the words of a text, in lower case: runs of letters, digits and underscores with at least two characters, as in
    /// scikit-learn's CountVectorizer. Runs without a letter, such as numbers and times, are left out, because they vary from row to row.
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

            if (hasLetter && word.Length >= ShortestWord)
            {
                yield return word.ToString();
            }

            word.Clear();
            hasLetter = false;
        }
    }
}
