using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace N2D.Help;

/// <summary>Converts Markdown to plain text.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>The blocks of a file.</summary>
    /// <param name="path">The file.</param>
    public static MarkdownDocument Read(string path) => Markdown.Parse(File.ReadAllText(path), Pipeline);

    /// <summary>The text of a heading or a paragraph, in one line.</summary>
    /// <param name="block">The block.</param>
    public static string Of(LeafBlock block) => block.Inline is { } inline ? Of(inline) : "";

    /// <summary>The lines of a block of code.</summary>
    /// <param name="code">The block.</param>
    public static string[] CodeOf(CodeBlock code) => code.Lines.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n');

    /// <summary>The paragraphs of a block: one for each item of a list or row of a table.</summary>
    /// <param name="block">The block.</param>
    public static IEnumerable<string> ParagraphsOf(Block block) => block switch
    {
        CodeBlock code => [string.Join("\n", CodeOf(code))],
        LeafBlock leaf => [Of(leaf)],
        Table table => table.OfType<TableRow>().Select(row => string.Join("   ", CellsOf(row))),
        ListBlock list => list.OfType<ListItemBlock>().Select((item, index) => MarkerOf(list, index) + TextOf(item)),
        ContainerBlock container => container.SelectMany(ParagraphsOf),
        _ => [],
    };

    /// <summary>What stands before an item of a list, with a blank.</summary>
    /// <param name="list">The list.</param>
    /// <param name="index">The index of the item.</param>
    public static string MarkerOf(ListBlock list, int index) => list.IsOrdered ? $"{index + 1}. " : "- ";

    /// <summary>The texts of a table's row.</summary>
    /// <param name="row">The row.</param>
    public static IEnumerable<string> CellsOf(TableRow row) => row.OfType<TableCell>().Select(cell => string.Join(" ", cell.SelectMany(ParagraphsOf)));

    /// <summary>The text of an item in one line, except that code has lines of its own.</summary>
    private static string TextOf(ListItemBlock item) => string.Concat(item.Select((block, index) =>
        (index == 0 ? "" : block is CodeBlock || item[index - 1] is CodeBlock ? "\n" : " ") + string.Join(" ", ParagraphsOf(block))));

    private static string Of(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline link => link.Url,
        LinkInline { IsImage: true } => "",
        ContainerInline container => string.Concat(container.Select(Of)),
        _ => "",
    };
}
