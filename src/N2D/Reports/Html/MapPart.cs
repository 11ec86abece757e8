namespace N2D.Reports;

/// <summary>Writes the place of the map and its data. The script of the page draws it.</summary>
internal static class MapPart
{
    /// <summary>Writes the part.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="map">The map.</param>
    /// <param name="number">The number of the clustering on the page, from 0.</param>
    public static void Write(HtmlWriter html, ReportMap map, int number)
    {
        html.Open("section").Element("h3", "Map");
        html.Element(
            "p",
            $"Each point is a row, at {map.Points.AxisNames.Horizontal} across and {map.Points.AxisNames.Vertical} up."
                + (map.IsProjection ? " The other dimensions are not shown. A layout in two dimensions shows more." : ""),
            ("class", "note"));
        html.Open("div", ("class", "map"), ("id", ReportPage.IdOf(number, "map")));
        html.Markup("<noscript><p>The map requires JavaScript. The tables below do not.</p></noscript>\n");
        html.Close();
        var arrays = new List<PackedArray>();
        var description = MapDescription.Of(map, arrays);
        for (var index = 0; index < arrays.Count; index++)
        {
            // Base64 has no character that ends a script element.
            html.Open("script", ("type", "application/octet-stream"), ("id", ReportPage.IdOf(number, $"array-{index}")));
            html.Markup(arrays[index].Text).Close();
        }

        html.Open("script", ("type", "application/json"), ("id", ReportPage.IdOf(number, "data"))).Markup(description).Close();
        html.Close();
    }
}
