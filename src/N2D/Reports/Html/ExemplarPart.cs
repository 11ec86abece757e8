namespace N2D.Reports;

/// <summary>Writes the typical rows of each cluster: images side by side, other rows as a table.</summary>
internal static class ExemplarPart
{
    /// <summary>Writes the part.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="exemplars">The exemplars.</param>
    public static void Write(HtmlWriter html, ExemplarTable exemplars)
    {
        html.Open("section").Element("h3", "Exemplars");
        html.Element("p", "The rows of each cluster that are nearest to its center, the nearest first.", ("class", "note"));
        var hasPictures = exemplars.Clusters.SelectMany(rows => rows).Any(row => row.Picture is not null);
        html.Open("div", ("class", hasPictures ? "gallery" : null));
        for (var cluster = 0; cluster < exemplars.Clusters.Count; cluster++)
        {
            var (name, rows) = ($"Cluster {exemplars.ClusterNames[cluster]}", exemplars.Clusters[cluster]);
            if (hasPictures)
            {
                WritePictures(html, name, rows);
            }
            else
            {
                html.Open("details", ("open", cluster < 3 ? "" : null)).Element("summary", name);
                WriteTable(html, name, exemplars.ColumnNames, rows);
                html.Close();
            }
        }

        html.Close().Close();
    }

    private static void WritePictures(HtmlWriter html, string name, IReadOnlyList<Exemplar> rows)
    {
        html.Open("div", ("class", "pictures")).Element("h4", name).Open("ul");
        foreach (var row in rows)
        {
            var title = row.Label is null ? $"row {row.Name}" : $"row {row.Name}, label {row.Label}";
            html.Open("li").Void(
                "img",
                ("src", $"data:image/png;base64,{Convert.ToBase64String(row.Picture!)}"),
                ("alt", $"Image of {title}"),
                ("title", title),
                ("loading", "lazy"));
            html.Close();
        }

        html.Close().Close();
    }

    private static void WriteTable(HtmlWriter html, string name, IReadOnlyList<string> columns, IReadOnlyList<Exemplar> rows)
    {
        var hasLabels = rows.Any(row => row.Label is not null);
        html.Open("div", ("class", "scroll")).Open("table", ("aria-label", $"Exemplars of {name}")).Open("thead").Open("tr");
        html.Element("th", "Row", ("scope", "col"));
        if (hasLabels)
        {
            html.Element("th", "Label", ("scope", "col"));
        }

        foreach (var column in columns)
        {
            html.Element("th", column, ("scope", "col"), ("class", "number"));
        }

        html.Close().Close().Open("tbody");
        foreach (var row in rows)
        {
            html.Open("tr").Element("th", row.Name, ("scope", "row"));
            if (hasLabels)
            {
                html.Element("td", row.Label ?? "");
            }

            foreach (var cell in row.Cells)
            {
                html.Element("td", cell, ("class", "number"));
            }

            html.Close();
        }

        html.Close().Close().Close();
    }
}
