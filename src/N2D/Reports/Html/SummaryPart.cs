namespace N2D.Reports;

/// <summary>Writes the summary of a clustering: its scores and its settings.</summary>
internal static class SummaryPart
{
    /// <summary>Writes the part.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="section">The clustering.</param>
    /// <param name="number">The number of the clustering on the page, from 0.</param>
    /// <param name="isOneOfMany">Whether the page has more clusterings.</param>
    public static void Write(HtmlWriter html, ReportSection section, int number, bool isOneOfMany)
    {
        html.Open("section", ("class", "summary"));
        html.Element("h2", section.Title, ("id", ReportPage.IdOf(number, "title")), ("class", isOneOfMany ? "numbered" : null));
        html.Element("p", section.Finding, ("class", "finding"));
        html.Open("dl", ("class", "figures"));
        foreach (var figure in section.Figures)
        {
            html.Open("div", ("title", figure.Meaning)).Element("dt", figure.Name).Open("dd").Text(figure.Value);
            if (figure.Note is not null)
            {
                html.Markup(" ").Element("small", figure.Note);
            }

            html.Close().Close();
        }

        html.Close();
        html.Open("details").Element("summary", "Settings").Open("div", ("class", "scroll")).Open("table");
        html.Markup("<thead><tr><th scope=\"col\">Stage</th><th scope=\"col\">Settings</th></tr></thead>\n").Open("tbody");
        foreach (var stage in section.Settings)
        {
            html.Open("tr").Element("th", stage.Name, ("scope", "row")).Open("td").Open("ul", ("class", "values"));
            foreach (var setting in stage.Settings)
            {
                html.Element("li", setting);
            }

            html.Close().Close().Close();
        }

        html.Close().Close().Close().Open("dl", ("class", "meanings"));
        foreach (var figure in section.Figures)
        {
            html.Element("dt", figure.Name).Element("dd", figure.Meaning);
        }

        html.Close().Close().Close();
    }
}
