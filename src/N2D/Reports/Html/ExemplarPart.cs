using System.Globalization;

namespace N2D.Reports;

/// <summary>Writes the typical rows of each cluster: images side by side, other rows as a table.</summary>
internal static class ExemplarPart
{
    private const string Center = "Center";

    /// <summary>Writes the part.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="exemplars">The exemplars.</param>
    public static void Write(HtmlWriter html, ExemplarTable exemplars)
    {
        html.Open("section").Element("h3", "Exemplars");
        html.Element(
            "p",
            "Rows nearest to the center of each cluster, and rows at its boundary to another cluster, which is named."
                + (exemplars.LeftOutCount == 0 ? "" : $" {TextOf(exemplars)}"),
            ("class", "note"));
        var hasPictures = exemplars.Clusters.SelectMany(rows => rows).Any(row => row.Picture is not null);
        html.Open("div", ("class", hasPictures ? "gallery" : null));
        for (var cluster = 0; cluster < exemplars.Clusters.Count; cluster++)
        {
            var (name, rows) = ($"Cluster {exemplars.ClusterNames[cluster]}", exemplars.Clusters[cluster]);
            if (hasPictures)
            {
                WritePictures(html, name, rows, exemplars.ClusterNames);
            }
            else
            {
                html.Open("details", ("open", cluster == 0 ? "" : null)).Element("summary", name);
                WriteTable(html, name, exemplars, rows);
                html.Close();
            }
        }

        html.Close().Close();
    }

    private static void WritePictures(HtmlWriter html, string name, IReadOnlyList<ExemplarRow> rows, IReadOnlyList<string> names)
    {
        html.Open("div", ("class", "pictures")).Element("h4", name).Open("div");
        foreach (var kind in rows.GroupBy(row => row.Neighbor is not null))
        {
            html.Open("ul", ("aria-label", kind.Key ? "Boundary" : Center), ("class", kind.Key ? "boundary" : null));
            foreach (var row in kind)
            {
                var title = row.Label is null ? $"row {row.Name}" : $"row {row.Name}, label {row.Label}";
                html.Open("li").Void(
                    "img",
                    ("src", $"data:image/png;base64,{Convert.ToBase64String(row.Picture!)}"),
                    ("alt", $"Image of {title}"),
                    ("title", $"{PlaceOf(row, names)}: {title}"));
                if (row.Neighbor is { } neighbor)
                {
                    html.Element("small", string.Create(CultureInfo.InvariantCulture, $"to {neighbor}"));
                }

                html.Close();
            }

            html.Close();
        }

        html.Close().Close();
    }

    private static string TextOf(ExemplarTable exemplars) => string.Create(
        CultureInfo.InvariantCulture,
        $"The tables show {exemplars.Columns.Count} of {exemplars.Columns.Count + exemplars.LeftOutCount} columns.");

    private static string PlaceOf(ExemplarRow row, IReadOnlyList<string> names) =>
        row.Neighbor is { } neighbor ? $"Boundary to {names[neighbor]}" : Center;

    private static void WriteTable(HtmlWriter html, string name, ExemplarTable exemplars, IReadOnlyList<ExemplarRow> rows)
    {
        var hasLabels = rows.Any(row => row.Label is not null);
        html.Open("div", ("class", "scroll")).Open("table", ("class", "rows"), ("aria-label", $"Exemplars of {name}"));
        html.Open("thead").Open("tr");
        html.Element("th", "Row", ("scope", "col")).Element("th", "Place", ("scope", "col"));
        if (hasLabels)
        {
            html.Element("th", "Label", ("scope", "col"));
        }

        foreach (var column in exemplars.Columns)
        {
            html.Element("th", column.Name, ("scope", "col"), ("class", column.ClassName));
        }

        html.Close().Close().Open("tbody");
        foreach (var row in rows)
        {
            html.Open("tr").Element("th", row.Name, ("scope", "row"));
            html.Element(
                "td",
                row.Neighbor is { } neighbor ? string.Create(CultureInfo.InvariantCulture, $"Boundary to {neighbor}") : Center,
                ("class", "place"),
                ("title", PlaceOf(row, exemplars.ClusterNames)));
            if (hasLabels)
            {
                html.Element("td", row.Label ?? "");
            }

            foreach (var (column, cell) in exemplars.Columns.Zip(row.Cells))
            {
                html.Element("td", cell, ("class", column.ClassName));
            }

            html.Close();
        }

        html.Close().Close().Close();
    }
}
