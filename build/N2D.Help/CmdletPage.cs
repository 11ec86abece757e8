using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace N2D.Help;

/// <summary>
/// The part of a cmdlet's help that is written in Markdown, docs/cmdlets/NAME.md: notes below the title, examples under
/// <c>## Examples</c>, each with a title and a block of code, and a list of links under <c>## Related</c>.
/// </summary>
internal sealed record CmdletPage
{
    private const string ExamplesTitle = "Examples";
    private const string RelatedTitle = "Related";

    /// <summary>The paragraphs of the notes.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>The examples.</summary>
    public IReadOnlyList<CmdletExample> Examples { get; private init; } = [];

    /// <summary>Related cmdlets, about topics, and pages. The address is empty for cmdlets and topics.</summary>
    public IReadOnlyList<(string Text, string Address)> Related { get; private init; } = [];

    /// <summary>Reads a page. A missing page is empty; tests of the help report it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="HelpException">The page has a part that the help does not support.</exception>
    public static CmdletPage Read(string path)
    {
        if (!File.Exists(path))
        {
            return new CmdletPage();
        }

        var notes = new List<string>();
        var examples = new List<CmdletExample>();
        var related = new List<(string, string)>();
        var part = "";
        foreach (var block in MarkdownText.Read(path))
        {
            switch (block, part)
            {
                case (HeadingBlock { Level: 1 }, ""):
                    break;
                case (HeadingBlock { Level: 2 } heading, _) when MarkdownText.Of(heading) is ExamplesTitle or RelatedTitle:
                    part = MarkdownText.Of(heading);
                    break;
                case (HeadingBlock { Level: 3 } heading, ExamplesTitle):
                    examples.Add(new CmdletExample(MarkdownText.Of(heading), "", []));
                    break;
                case (_, ExamplesTitle) when examples.Count > 0:
                    examples[^1] = examples[^1].With(block);
                    break;
                case (ListBlock list, RelatedTitle):
                    related.AddRange(list.Select(LinkOf));
                    break;
                case (not HeadingBlock, ""):
                    notes.AddRange(MarkdownText.ParagraphsOf(block));
                    break;
                default:
                    throw new HelpException($"{path}({block.Line + 1}): nothing of this kind is looked for here. A page has notes, '## {ExamplesTitle}' with a '### title' each, and '## {RelatedTitle}' with a list.");
            }
        }

        return new CmdletPage { Notes = notes, Examples = examples, Related = related };
    }

    private static (string Text, string Address) LinkOf(Block item)
    {
        var link = item.Descendants<LinkInline>().FirstOrDefault();
        return (string.Join(" ", ((ListItemBlock)item).SelectMany(MarkdownText.ParagraphsOf)), link?.Url is { } url && url.Contains("://", StringComparison.Ordinal) ? url : "");
    }
}

/// <summary>An example.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">What to type.</param>
/// <param name="Remarks">What comes of it; a paragraph each.</param>
internal sealed record CmdletExample(string Title, string Code, IReadOnlyList<string> Remarks)
{
    /// <summary>Adds a block: the first block of code is the command, the others are remarks.</summary>
    /// <param name="block">The block.</param>
    public CmdletExample With(Block block) => block is CodeBlock code && Code.Length == 0
        ? this with { Code = string.Join("\n", MarkdownText.CodeOf(code)) }
        : this with { Remarks = [.. Remarks, .. MarkdownText.ParagraphsOf(block)] };
}
