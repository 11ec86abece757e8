using System.Globalization;
using N2D.Plotting;

namespace N2D.Reports;

/// <summary>Writes the number of rows of each class in each cluster as a shaded table.</summary>
internal static class ConfusionPart
{
    /// <summary>The most labels, and the most clusters.</summary>
    private const int MaxCount = ExemplarTable.MaxClusters;

    private const int Shades = 10;

    /// <summary>Writes the part.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="cells">The counts.</param>
    /// <param name="names">The names of the clusters by number.</param>
    public static void Write(HtmlWriter html, ConfusionCells cells, IReadOnlyList<string> names)
    {
        string[] labels = [.. cells.RowNames.Take(MaxCount)], clusters = [.. ShortNames.Of(cells.ColumnNames).Take(MaxCount)];
        html.Open("section").Element("h3", "Labels and clusters");
        html.Element(
            "p",
            "The number of rows of each label in each cluster. Clusters are in the order of the labels that they are matched with, so "
                + "agreement is on the diagonal (blue).",
            ("class", "note"));
        html.Open("div", ("class", "scroll")).Open("table", ("class", "confusion"));
        html.Open("thead").Open("tr").Element("th", "Label \\ cluster", ("scope", "col"));
        foreach (var (name, cluster) in clusters.Zip(cells.Clusters))
        {
            html.Element("th", name, ("scope", "col"), ("title", cluster < 0 ? null : $"Cluster {names[cluster]}"));
        }

        html.Close().Close().Open("tbody");
        for (var row = 0; row < labels.Length; row++)
        {
            html.Open("tr").Element("th", labels[row], ("scope", "row"));
            for (var column = 0; column < clusters.Length; column++)
            {
                var count = cells.Counts[row, column];
                html.Element(
                    "td",
                    count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture),
                    ("class", count == 0 ? null : ClassOf(cells.IsMatched[row, column], (double)count / cells.RowSizes[row])));
            }

            html.Close();
        }

        html.Close().Close().Close();
        WriteRest(html, cells.RowNames.Count - labels.Length, cells.ColumnNames.Count - clusters.Length);
        html.Close();
    }

    private static void WriteRest(HtmlWriter html, int labelCount, int clusterCount)
    {
        string[] rest =
        [
            .. new[] { (Count: labelCount, Name: "more label"), (Count: clusterCount, Name: "more cluster") }
                .Where(part => part.Count > 0)
                .Select(part => Quantity.Of(part.Count, part.Name)),
        ];
        if (rest.Length > 0)
        {
            html.Element("p", $"and {string.Join(" and ", rest)}", ("class", "note"));
        }
    }

    private static string ClassOf(bool isMatched, double share) => string.Create(
        CultureInfo.InvariantCulture, $"{(isMatched ? "right" : "wrong")} shade{Math.Clamp((int)Math.Ceiling(share * Shades), 1, Shades)}");
}
