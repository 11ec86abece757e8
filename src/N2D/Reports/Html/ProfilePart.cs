using System.Globalization;
using N2D.Profiles;

namespace N2D.Reports;

/// <summary>Writes the profiles of the clusters: a table of all, and the columns that set each apart.</summary>
internal static class ProfilePart
{
    private const int MaxColumns = 8;

    /// <summary>The most clusters in the table. Clusters are numbered by size, so these are the largest.</summary>
    private const int MaxClusters = 200;

    private static readonly string[] ComparisonHeads = ["Column", "Cluster", "Other rows", "Effect size"];

    /// <summary>Writes the part.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="profiles">The profiles.</param>
    /// <param name="names">The names of the clusters.</param>
    /// <param name="nameNote">What words in the names mean; null if there is nothing to explain.</param>
    public static void Write(
        HtmlWriter html, IReadOnlyList<ClusterProfile> profiles, IReadOnlyList<string> names, string? nameNote)
    {
        html.Open("section").Element("h3", "Clusters");
        if (nameNote is not null)
        {
            html.Element("p", nameNote, ("class", "note"));
        }

        WriteTable(html, profiles, names);
        if (profiles.Any(profile => profile.GetColumns().Count > 0))
        {
            var hasCategories = profiles.SelectMany(profile => profile.GetColumns()).Any(column => column.Category is not null);
            html.Element(
                "p",
                "Means and shares of the strongest columns of each cluster, next to those of the other rows. The effect size of a number "
                    + "is the difference of the means in standard deviations (Cohen's d)."
                    + (hasCategories ? " That of a category is Cohen's h, which compares shares on the same scale." : "")
                    + " Of both, 0.2 is small, 0.5 medium and 0.8 large.",
                ("class", "note"));
            html.Open("div", ("class", "columns"));
            foreach (var profile in profiles.Take(ExemplarTable.MaxClusters).Where(profile => profile.GetColumns().Count > 0))
            {
                WriteColumns(html, profile, names[profile.Cluster < 0 ? ^1 : profile.Cluster]);
            }

            html.Close();
        }

        html.Close();
    }

    private static void WriteTable(HtmlWriter html, IReadOnlyList<ClusterProfile> profiles, IReadOnlyList<string> names)
    {
        Column[] columns =
        [
            new("Rows", true, profile => profile.RowCount.ToString("N0", CultureInfo.InvariantCulture)),
            new("Share", true, profile => Percent(profile.Share)),
            new("Probability", true, profile => Number(profile.Probability, "F3")),
            new("Silhouette", true, profile => Number(profile.Silhouette, "F3")),
            new("Novelty", true, profile => Number(profile.Novelty, "F3")),
            new("Labels", false, profile => profile.Classes),
            new("Words", false, profile => profile.Words),
            new("What sets it apart", false, profile => profile.Summary),
        ];
        Column[] used = [.. columns.Where(column => profiles.Any(profile => column.TextOf(profile) is { Length: > 0 }))];
        html.Open("div", ("class", "scroll")).Open("table", ("class", "wide")).Open("thead").Open("tr");
        html.Element("th", "Cluster", ("scope", "col"));
        foreach (var column in used)
        {
            html.Element("th", column.Name, ("scope", "col"), ("class", column.ClassName));
        }

        html.Close().Close().Open("tbody");
        var shown = profiles.Take(MaxClusters).Concat(profiles.Skip(MaxClusters).Where(profile => profile.Cluster < 0)).ToArray();
        foreach (var profile in shown)
        {
            html.Open("tr").Element("th", names[profile.Cluster < 0 ? ^1 : profile.Cluster], ("scope", "row"));
            foreach (var column in used)
            {
                html.Element("td", column.TextOf(profile) ?? "", ("class", column.ClassName), ("data-name", column.Name));
            }

            html.Close();
        }

        html.Close().Close().Close();
        if (profiles.Count > shown.Length)
        {
            html.Element("p", $"and {Quantity.Of(profiles.Count - shown.Length, "smaller cluster")}", ("class", "note"));
        }
    }

    private static void WriteColumns(HtmlWriter html, ClusterProfile profile, string name)
    {
        html.Open("details").Element("summary", $"Cluster {name}").Open("div", ("class", "scroll")).Open("table");
        html.Open("thead").Open("tr");
        foreach (var head in ComparisonHeads)
        {
            html.Element("th", head, ("scope", "col"), ("class", head == ComparisonHeads[0] ? null : "number"));
        }

        html.Close().Close().Open("tbody");
        ColumnProfile[] columns = [.. profile.GetColumns().Take(MaxColumns)];
        var format = FigureFormat.Rounded(
            columns.SelectMany(column => new[] { column.Mean, column.OtherMean }).OfType<double>(), digits: 3, most: 3);
        foreach (var column in columns)
        {
            var isCategory = column.Category is not null;
            html.Open("tr");
            html.Element("th", isCategory ? $"{column.Column}: {column.Category}" : column.Column, ("scope", "row"));
            html.Element("td", isCategory ? Percent(column.Share) : Number(column.Mean, format), ("class", "number"));
            html.Element("td", isCategory ? Percent(column.OtherShare) : Number(column.OtherMean, format), ("class", "number"));
            html.Element("td", Number(column.EffectSize, "+0.0;-0.0;0.0"), ("class", "number")).Close();
        }

        html.Close().Close().Close().Close();
    }

    private static string Percent(double? share) => share is { } value ? ProfileText.Percent(value) : "";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Number(double? value, FigureFormat format) => value is { } number ? format.TextOf(number) : "";

    private sealed record Column(string Name, bool IsNumber, Func<ClusterProfile, string?> TextOf)
    {
        public string? ClassName => IsNumber ? "number" : null;
    }
}
