namespace N2D.Reports;

/// <summary>The texts that rows were made from, such as log messages.</summary>
/// <param name="Name">The name of the texts.</param>
/// <param name="Texts">The text of each row, cut to the length that a page shows; empty if it is not known.</param>
internal sealed record RowTexts(string Name, IReadOnlyList<string> Texts)
{
    /// <summary>The most characters of a text on a page.</summary>
    private const int MaxLength = 500;

    /// <summary>Takes the texts of a source.</summary>
    /// <param name="source">The source; null for none.</param>
    /// <returns>The texts, or null without texts.</returns>
    public static RowTexts? Of(ReportSource? source) =>
        source?.Texts is { } texts ? new RowTexts(source.TextName, [.. texts.Select(text => Cut(text ?? ""))]) : null;

    private static string Cut(string text) => text.Length <= MaxLength
        ? text
        : $"{text.AsSpan(0, char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)}…";
}
