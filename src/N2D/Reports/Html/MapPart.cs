namespace N2D.Reports;

/// <summary>Writes the places of the maps and their data. The script of the page draws them.</summary>
internal static class MapPart
{
    /// <summary>Writes the part.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="map">The map.</param>
    /// <param name="number">The number of the clustering on the page, from 0.</param>
    /// <returns>The arrays that the map requires only after it is drawn, with the ids of their elements.</returns>
    public static IReadOnlyList<(string Id, PackedArray Array)> Write(HtmlWriter html, ReportMap map, int number)
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
        html.Open("script", ("type", "application/json"), ("id", ReportPage.IdOf(number, "data"))).Markup(description).Close();
        PackedArray[] drawn = [map.Points.Positions, map.Fields[0].Values];
        var all = arrays.Select((array, index) => (Id: ReportPage.IdOf(number, $"array-{index}"), Array: array)).ToLookup(
            one => drawn.Contains(one.Array, ReferenceEqualityComparer.Instance));
        WriteArrays(html, all[true]);
        html.Close();
        return [.. all[false]];
    }

    /// <summary>Writes arrays, which the script unpacks.</summary>
    /// <param name="html">Receives the arrays.</param>
    /// <param name="arrays">The arrays with the ids of their elements.</param>
    public static void WriteArrays(HtmlWriter html, IEnumerable<(string Id, PackedArray Array)> arrays)
    {
        foreach (var (id, array) in arrays)
        {
            // Base64 has no character that ends a script element.
            html.Open("script", ("type", "application/octet-stream"), ("id", id)).Markup(array.Text).Close();
        }
    }
}
