namespace N2D.Profiles;

/// <summary>A word that is distinctive of a cluster.</summary>
/// <param name="Word">The word, in lower case.</param>
/// <param name="Count">The number of its occurrences in the cluster.</param>
/// <param name="Score">Its class-based TF-IDF: larger for words that are frequent in the cluster and rare elsewhere.</param>
public sealed record WordScore(string Word, int Count, double Score);
