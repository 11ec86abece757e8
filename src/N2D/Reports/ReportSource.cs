using N2D.Pipeline;

namespace N2D.Reports;

/// <summary>What the rows of a clustering were made from. A report shows it instead of the columns of the clustered data set.</summary>
/// <param name="Columns">The same rows in the same order, with other columns; null for no columns.</param>
/// <param name="TextName">The name of the texts.</param>
/// <param name="Texts">The text of each row, which can be null; null for no texts.</param>
public sealed record ReportSource(Dataset? Columns, string TextName = "Text", IReadOnlyList<string?>? Texts = null);
