using N2D.Numerics;

namespace N2D.Profiles;

/// <summary>
/// Class-based TF-IDF (Grootendorst 2022, BERTopic, eq. 3): all texts of a group are one document. The score of word x in group c is its
/// frequency in c times log(1 + A / f), where f is its number of occurrences in all groups, and A is the mean number of words in a group.
/// </summary>
/// <remarks>
/// The frequency is a share of the words of the group, as in BERTopic, so that scores of groups of different sizes can be compared. Words
/// that are rarer in a group than in all texts together do not describe it, and are left out.
/// </remarks>
internal static class ClassTfIdf
{
    /// <summary>Finds the most distinctive words of each group.</summary>
    /// <param name="texts">The text of each row; null for none.</param>
    /// <param name="groups">The group of each row, from 0.</param>
    /// <param name="groupCount">The number of groups.</param>
    /// <param name="count">The maximum number of words in a group.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The words of each group by decreasing score, then in alphabetical order.</returns>
    public static WordScore[][] Of(IReadOnlyList<string?> texts, int[] groups, int groupCount, int count, Execution execution)
    {
        var counts = CountsOf(texts, groups, groupCount, execution);
        var totals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (word, occurrences) in counts.SelectMany(group => group))
        {
            totals[word] = totals.GetValueOrDefault(word) + occurrences;
        }

        long[] lengths = [.. counts.Select(group => group.Values.Sum(occurrences => (long)occurrences))];
        var length = lengths.Sum();
        var meanLength = (double)length / groupCount;
        return
        [
            .. counts.Select((group, place) => group
                .Where(entry => entry.Value * (double)length >= totals[entry.Key] * (double)lengths[place])
                .Select(entry => new WordScore(
                    entry.Key,
                    entry.Value,
                    (double)entry.Value / lengths[place] * PortableMath.Log(1 + (meanLength / totals[entry.Key]))))
                .OrderByDescending(word => word.Score)
                .ThenBy(word => word.Word, StringComparer.Ordinal)
                .Take(count)
                .ToArray()),
        ];
    }

    private static Dictionary<string, int>[] CountsOf(
        IReadOnlyList<string?> texts, int[] groups, int groupCount, Execution execution)
    {
        Dictionary<string, int>[] counts =
            [.. Enumerable.Range(0, groupCount).Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
        for (var row = 0; row < texts.Count; row++)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            foreach (var word in WordTokens.Of(texts[row] ?? ""))
            {
                var group = counts[groups[row]];
                group[word] = group.GetValueOrDefault(word) + 1;
            }
        }

        return counts;
    }
}
