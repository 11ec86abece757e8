namespace N2D.Reports;

/// <summary>Writes the commands that repeat the clustering.</summary>
internal static class CommandPart
{
    /// <summary>Writes the part, if there are commands.</summary>
    /// <param name="html">Receives the part.</param>
    /// <param name="commands">The lines.</param>
    public static void Write(HtmlWriter html, IReadOnlyList<string> commands)
    {
        if (commands.Count == 0)
        {
            return;
        }

        html.Open("section").Element("h3", "Repeat it");
        html.Open("pre", ("tabindex", "0"), ("aria-label", "Commands")).Element("code", string.Join('\n', commands));
        html.Close().Close();
    }
}
