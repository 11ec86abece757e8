using System.Globalization;
using N2D.Models;

namespace N2D.Reports;

/// <summary>Writes the scores of several clusterings as a table, and how well they agree with each other.</summary>
internal static class ComparisonPart
{
    private static readonly Score[] Scores =
    [
        new("ACC", result => result.Acc),
        new("NMI", result => result.Nmi),
        new("ARI", result => result.Ari),
        new("Silhouette", result => result.Silhouette) { IsOfSpace = true, LeavesNoiseOut = true },
        new("DBCV", result => result.Dbcv) { IsOfSpace = true },
    ];

    /// <summary>Writes the part.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="comparison">The clusterings.</param>
    public static void Write(HtmlWriter html, ReportComparison comparison)
    {
        html.Open("section", ("class", "comparison")).Element("h2", "Comparison");
        WriteScores(html, comparison.Results);
        if (comparison.Agreements.Count > 0)
        {
            html.Element("h3", "Agreement");
            html.Element(
                "p",
                "Adjusted Rand index (ARI) and adjusted mutual information (AMI) of each pair of clusterings: 1 if they are equal, about 0 "
                    + "if they are unrelated.",
                ("class", "note"));
            WriteAgreements(html, comparison);
        }

        html.Close();
    }

    private static void WriteScores(HtmlWriter html, IReadOnlyList<ClusterResult> results)
    {
        Score[] used = [.. Scores.Where(score => results.Any(result => score.ValueOf(result) is not null))];
        var isOneSpace = results.All(result => IsSameSpace(result, results[0]));
        var hasNoise = results.Any(result => result.NoiseCount > 0);
        html.Open("div", ("class", "scroll")).Open("table", ("class", "wide")).Open("thead").Open("tr");
        html.Element("th", "#", ("scope", "col"), ("class", "number")).Element("th", "Clustering", ("scope", "col"));
        string[] heads = ["Clusters", .. hasNoise ? ["Noise"] : Array.Empty<string>(), .. used.Select(score => score.Name), "Seconds"];
        foreach (var head in heads)
        {
            html.Element("th", head, ("scope", "col"), ("class", "number"));
        }

        html.Close().Close().Open("tbody");
        foreach (var (number, result) in results.Index())
        {
            html.Open("tr").Element("td", Text(number + 1, "D"), ("class", "number"), ("data-name", "#")).Open("th", ("scope", "row"));
            html.Element(
                "a", $"{result.Dataset}: {result.Stages} > {result.Method}", ("href", $"#{ReportPage.IdOf(number, "part")}")).Close();
            WriteFigure(html, "Clusters", Text(result.ClusterCount, "N0"));
            if (hasNoise)
            {
                WriteFigure(html, "Noise", Text(result.NoiseCount, "N0"));
            }

            foreach (var score in used)
            {
                var text = score.ValueOf(result) is { } value ? Text(value, "F3") : "";
                WriteFigure(html, score.Name, text, isBest: text.Length > 0
                    && !(score.IsOfSpace && !isOneSpace) && !(score.LeavesNoiseOut && hasNoise)
                    && score.ValueOf(result) == results.Max(score.ValueOf));
            }

            WriteFigure(html, "Seconds", Text(result.TotalSeconds, "F1"));
            html.Close();
        }

        html.Close().Close().Close();
        html.Element(
            "p",
            NoteOf(used, isOneSpace, hasNoise),
            ("class", "note"));
    }

    private static string NoteOf(Score[] used, bool isOneSpace, bool hasNoise)
    {
        var incomparable = isOneSpace ? [] : used.Where(score => score.IsOfSpace).Select(score => score.Name).ToArray();
        var partial = used.Where(score => hasNoise && score.LeavesNoiseOut).Select(score => score.Name).ToArray();
        return "The best of each score is bold"
            + (incomparable.Length + partial.Length == 0 ? "." : $", except for {string.Join(" and ", incomparable.Union(partial))}:")
            + (incomparable.Length > 0 ? " the clusterings are of different spaces, whose distances cannot be compared." : "")
            + (partial.Length > 0 ? " the silhouette leaves out rows in no cluster, so fewer rows can raise it." : "")
            + " Seconds are those of all stages."
            + (hasNoise ? " ACC counts rows in no cluster as wrong." : "");
    }

    /// <summary>Whether two clusterings are of the same space: of the same rows with the same stages and settings.</summary>
    private static bool IsSameSpace(ClusterResult first, ClusterResult second)
    {
        var (one, other) = (first.GetEmbedding(), second.GetEmbedding());
        return ReferenceEquals(one, other) || (first.Dataset == second.Dataset && first.RowCount == second.RowCount
            && one.GetStages().Select(stage => (stage.Name, stage.Settings))
                .SequenceEqual(other.GetStages().Select(stage => (stage.Name, stage.Settings))));
    }

    private static void WriteFigure(HtmlWriter html, string name, string value, bool isBest = false) =>
        html.Element("td", value, ("class", isBest ? "number best" : "number"), ("data-name", name));

    private static void WriteAgreements(HtmlWriter html, ReportComparison comparison)
    {
        var compared = comparison.Agreements.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct().Order().ToArray();
        var ofPair = comparison.Agreements.ToDictionary(pair => (pair.First, pair.Second));
        html.Open("div", ("class", "scroll")).Open("table").Open("thead").Open("tr").Element("th", "ARI / AMI", ("scope", "col"));
        foreach (var column in compared)
        {
            html.Element("th", Text(column + 1, "D"), ("scope", "col"), ("class", "number"));
        }

        html.Close().Close().Open("tbody");
        foreach (var line in compared)
        {
            html.Open("tr").Element("th", Text(line + 1, "D"), ("scope", "row"));
            foreach (var column in compared)
            {
                var pair = ofPair.GetValueOrDefault((Math.Min(line, column), Math.Max(line, column)));
                html.Element("td", pair is null ? "" : $"{Text(pair.Ari, "F3")} / {Text(pair.Ami, "F3")}", ("class", "number"));
            }

            html.Close();
        }

        html.Close().Close().Close();
    }

    private static string Text(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Score(string Name, Func<ClusterResult, double?> ValueOf)
    {
        /// <summary>Whether values can only be compared in the same space.</summary>
        public bool IsOfSpace { get; init; }

        /// <summary>Whether rows in no cluster do not count.</summary>
        public bool LeavesNoiseOut { get; init; }
    }
}
