using System.Globalization;

namespace N2D.Profiles;

/// <summary>Writes profiles in words.</summary>
internal static class ProfileText
{
    /// <summary>The smallest effect that a summary mentions: a medium one (Cohen 1988).</summary>
    private const double SmallestEffect = 0.5;

    private const int MostClasses = 3;

    /// <summary>Describes the difference of a cluster in a column; null if the values do not differ.</summary>
    /// <param name="column">The comparison.</param>
    public static string? OfColumn(ColumnProfile column) => column switch
    {
        { Strength: 0 } => null,
        { Category: { } category } => Invariant(
            $"{Name(column)} {Quotation.Visible(category)} {Percent(column.Share!.Value)} (elsewhere {Percent(column.OtherShare!.Value)})"),
        { EffectSize: { } size } => Invariant($"{Name(column)} {(size > 0 ? "high" : "low")} ({Math.Abs(size):F1} sd)"),
        _ => Invariant($"{Name(column)} always {column.Mean:G4} (elsewhere {column.OtherMean:G4})"),
    };

    /// <summary>Summarizes the strongest differences of a cluster, one for each column.</summary>
    /// <param name="columns">The comparisons, the largest difference first.</param>
    /// <param name="most">The maximum number of columns.</param>
    /// <returns>The summary; null if no columns were compared, or if there are no other rows.</returns>
    public static string? Summarize(IReadOnlyList<ColumnProfile> columns, int most)
    {
        if (columns.All(column => column.RowCount == 0 || column.OtherRowCount == 0))
        {
            return null;
        }

        string[] texts =
        [
            .. columns
                .Where(column => column.Strength >= SmallestEffect)
                .DistinctBy(column => column.Column, StringComparer.Ordinal)
                .Take(most)
                .Select(column => column.Text!),
        ];
        return texts.Length > 0 ? string.Join(", ", texts) : Invariant($"no column differs by {SmallestEffect} or more (effect size)");
    }

    /// <summary>Lists the classes of a cluster with their shares; null if there are none.</summary>
    /// <param name="classes">The classes, the most frequent first.</param>
    public static string? OfClasses(IReadOnlyList<ClassShare> classes)
    {
        if (classes.Count == 0)
        {
            return null;
        }

        var parts = classes.Take(MostClasses).Select(part => $"{Quotation.Visible(part.Class)} ({Percent(part.Share)})");
        var rest = classes.Skip(MostClasses).Sum(part => part.Share);
        return string.Join(", ", classes.Count > MostClasses ? parts.Append($"others ({Percent(rest)})") : parts);
    }

    /// <summary>A profile in one line.</summary>
    /// <param name="profile">The profile.</param>
    public static string OfCluster(ClusterProfile profile) => Invariant($"{TitleOf(profile)}: {Quantity.Of(profile.RowCount, "row")}")
        + (profile.Summary is { } summary ? $"; {summary}" : "");

    /// <summary>A share in percent. Shares that are not exactly 0 or 1 do not round to 0 % or 100 %.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public static string Percent(double share) => (100 * share) switch
    {
        > 0 and < 0.5 => "under 1 %",
        > 99.5 and < 100 => "over 99 %",
        var percent => Invariant($"{percent:F0} %"),
    };

    private static string TitleOf(ClusterProfile profile) =>
        profile.Cluster < 0 ? "Noise" : Invariant($"Cluster {profile.Cluster}{(profile.Name is null ? "" : $" ({profile.Name})")}");

    private static string Name(ColumnProfile column) => Quotation.Visible(column.Column);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
