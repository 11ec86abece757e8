using System.Globalization;

namespace N2D.Reports;

/// <summary>Writes the table of the clusters.</summary>
internal static class ClusterPart
{
    /// <summary>Writes the part.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="clusters">The clusters.</param>
    public static void Write(HtmlWriter html, IReadOnlyList<ClusterSummary> clusters)
    {
        html.Open("section").Element("h3", "Clusters").Open("div", ("class", "scroll")).Open("table");
        html.Markup("<thead><tr><th scope=\"col\">Cluster</th><th scope=\"col\" class=\"number\">Rows</th>");
        html.Markup("<th scope=\"col\" class=\"number\">Share</th><th scope=\"col\" class=\"number\">Mean probability</th></tr></thead>\n");
        html.Open("tbody");
        foreach (var cluster in clusters)
        {
            html.Open("tr").Element("th", cluster.Name, ("scope", "row"));
            html.Element("td", cluster.RowCount.ToString("N0", CultureInfo.InvariantCulture), ("class", "number"));
            html.Element("td", string.Create(CultureInfo.InvariantCulture, $"{100 * cluster.Share:F1} %"), ("class", "number"));
            html.Element("td", cluster.Probability.ToString("F3", CultureInfo.InvariantCulture), ("class", "number")).Close();
        }

        html.Close().Close().Close().Close();
    }
}
