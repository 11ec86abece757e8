using System.Globalization;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace N2D.Help;

/// <summary>Writes a page of docs as a topic of Get-Help, in plain text of 80 columns.</summary>
/// <remarks>
/// The topic of docs/coming-from-python.md is about_N2D_ComingFromPython, of docs/about_N2D.md itself. A line with nothing but
/// <c>&lt;!-- cmdlets --&gt;</c> becomes the list of the cmdlets.
/// </remarks>
internal static class AboutTopic
{
    private const string Prefix = "about_N2D";
    private const string CmdletList = "<!-- cmdlets -->";
    private const int Width = 80;
    private const string Indent = "    ";

    /// <summary>Writes a topic.</summary>
    /// <param name="source">The page.</param>
    /// <param name="folder">Where the topic goes.</param>
    /// <param name="cmdlets">The cmdlets, for the list of them.</param>
    public static void Write(string source, string folder, IReadOnlyList<CmdletDescription> cmdlets)
    {
        var topic = TopicOf(Path.GetFileNameWithoutExtension(source));
        var lines = new List<string> { "TOPIC", Indent + topic, "" };
        foreach (var block in MarkdownText.Read(source))
        {
            lines.AddRange(block switch
            {
                // Get-Help lists the topics with the text under this heading.
                HeadingBlock { Level: 1 } title => ["SHORT DESCRIPTION", .. Wrapped(MarkdownText.Of(title), Indent, Indent), "", "LONG DESCRIPTION"],
                HeadingBlock { Level: 2 } heading => [MarkdownText.Of(heading).ToUpperInvariant()],
                HeadingBlock heading => ["  " + MarkdownText.Of(heading)],
                HtmlBlock html when html.Lines.ToString().Trim() == CmdletList => [.. cmdlets.SelectMany(cmdlet => (string[])[Indent + cmdlet.Name, .. Wrapped(cmdlet.Synopsis, Indent + Indent, Indent + Indent)]), ""],
                HtmlBlock => [],
                CodeBlock code => [.. Indented(code, Indent + Indent), ""],
                Table table => [.. Columns(table), ""],
                ListBlock list => [.. Items(list), ""],
                _ => [.. MarkdownText.ParagraphsOf(block).SelectMany(paragraph => Wrapped(paragraph, Indent, Indent)), ""],
            });
        }

        File.WriteAllText(Path.Combine(folder, topic + ".help.txt"), string.Join("\n", lines).TrimEnd() + "\n");
    }

    private static string TopicOf(string name) => name == Prefix
        ? name
        : $"{Prefix}_{string.Concat(name.Split('-').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]))}";

    /// <summary>The items of a list. Code in them is indented, with a blank line before and after it.</summary>
    private static IEnumerable<string> Items(ListBlock list)
    {
        var isAfterCode = false;
        foreach (var (index, item) in list.OfType<ListItemBlock>().Index())
        {
            var marker = MarkdownText.MarkerOf(list, index);
            var (first, next) = (Indent + marker, Indent + new string(' ', marker.Length));
            foreach (var block in item)
            {
                if (isAfterCode || block is CodeBlock)
                {
                    yield return "";
                }

                isAfterCode = block is CodeBlock;
                var lines = block is CodeBlock code
                    ? Indented(code, next + Indent)
                    : MarkdownText.ParagraphsOf(block).SelectMany(paragraph => Wrapped(paragraph, first, next));
                foreach (var line in lines)
                {
                    yield return line;
                }

                first = next;
            }
        }
    }

    private static IEnumerable<string> Indented(CodeBlock code, string indent) =>
        MarkdownText.CodeOf(code).Select(line => (indent + line).TrimEnd());

    private static IEnumerable<string> Columns(Table table)
    {
        var rows = table.OfType<TableRow>().Select(row => MarkdownText.CellsOf(row).ToArray()).ToArray();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => (Indent + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd());
    }

    private static IEnumerable<string> Wrapped(string text, string first, string next)
    {
        var line = first;
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                (line, isEmpty) = (next, true);
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        yield return line;
    }
}
