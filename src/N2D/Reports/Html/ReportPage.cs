using System.Globalization;

namespace N2D.Reports;

/// <summary>Writes the frame of the page: head, navigation, the parts, and the script.</summary>
internal static class ReportPage
{
    /// <summary>Writes a report.</summary>
    /// <param name="html">Receives the page.</param>
    /// <param name="report">The report.</param>
    public static void Write(HtmlWriter html, ClusterReport report)
    {
        html.Markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", PageCode.Policy));
        html.Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Markup("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"N2D for PowerShell\">\n");
        html.Element("title", report.Title);
        html.Markup("<style>").Markup(PageCode.Style).Markup("</style>\n</head>\n");
        html.Open("body");
        html.Markup("<a class=\"skip\" href=\"#content\">Skip to content</a>\n");
        WriteHeader(html, report);
        html.Open("main", ("id", "content"));
        if (report.Comparison is not null)
        {
            ComparisonPart.Write(html, report.Comparison);
        }

        var columns = new List<(string Id, PackedArray Array)>();
        for (var number = 0; number < report.Sections.Count; number++)
        {
            columns.AddRange(WriteSection(html, report.Sections[number], number, report.Sections.Count > 1));
        }

        html.Close();
        html.Markup("<footer><p>Made by N2D for PowerShell. This page loads nothing from the network.</p></footer>\n");
        html.Markup("<script>").Markup(PageCode.Script).Markup("</script>\n");

        // The columns are most of the page. They follow the script, so that the maps are drawn before the browser reads them.
        MapPart.WriteArrays(html, columns);
        html.Close();
        html.Markup("</html>\n");
    }

    /// <summary>Returns the id of an element of a part.</summary>
    /// <param name="number">The number of the part, from 0.</param>
    /// <param name="name">The name of the element.</param>
    public static string IdOf(int number, string name) => string.Create(CultureInfo.InvariantCulture, $"r{number + 1}-{name}");

    private static void WriteHeader(HtmlWriter html, ClusterReport report)
    {
        html.Open("header");
        html.Open("div", ("class", "title")).Element("h1", report.Title);
        html.Markup("<button type=\"button\" id=\"theme\" aria-pressed=\"false\" hidden>Dark theme</button>\n").Close();
        if (report.Sections.Count > 1)
        {
            html.Open("nav", ("aria-label", "Clusterings")).Open("ul");
            for (var number = 0; number < report.Sections.Count; number++)
            {
                var section = report.Sections[number];
                html.Open("li").Element("a", section.Title, ("href", $"#{IdOf(number, "part")}")).Close();
            }

            html.Close().Close();
        }

        html.Close();
    }

    private static IReadOnlyList<(string Id, PackedArray Array)> WriteSection(
        HtmlWriter html, ReportSection section, int number, bool isOneOfMany)
    {
        html.Open("article", ("id", IdOf(number, "part")), ("aria-labelledby", IdOf(number, "title")));
        SummaryPart.Write(html, section, number, isOneOfMany);
        var columns = MapPart.Write(html, section.Map, number);
        ProfilePart.Write(html, section.Profiles, section.ClusterNames, section.NameNote);
        ExemplarPart.Write(html, section.Exemplars);
        if (section.Confusion is not null)
        {
            ConfusionPart.Write(html, section.Confusion, section.ClusterNames);
        }

        CurvePart.Write(html, section.Curves);
        CommandPart.Write(html, section.Commands);
        html.Close();
        return columns;
    }
}
