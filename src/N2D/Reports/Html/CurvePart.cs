namespace N2D.Reports;

/// <summary>Writes the curves, in the colors of both themes.</summary>
internal static class CurvePart
{
    /// <summary>Writes the part, if there are curves.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="pictures">The plots.</param>
    public static void Write(HtmlWriter html, IReadOnlyList<ReportPicture> pictures)
    {
        foreach (var picture in pictures)
        {
            html.Open("section").Element("h3", picture.Title).Open("figure");
            WritePicture(html, picture.Light, picture.Description, "light");
            WritePicture(html, picture.Dark, picture.Description, "dark");
            html.Element("figcaption", picture.Description).Close().Close();
        }
    }

    private static void WritePicture(HtmlWriter html, byte[] svg, string description, string theme) => html.Void(
        "img",
        ("class", $"{theme}-only"),
        ("src", $"data:image/svg+xml;base64,{Convert.ToBase64String(svg)}"),
        ("alt", description));
}
