using System.Management.Automation.Language;
using System.Text;

namespace N2D.Manifest;

/// <summary>The text of a manifest, to which entries are added. Everything else stays as it is, including comments.</summary>
internal sealed class ManifestText
{
    private readonly string _path;
    private readonly string _text;
    private readonly HashtableAst _root;
    private readonly HashtableAst _galleryData;
    private readonly StringBuilder _addedToRoot = new();
    private readonly StringBuilder _addedToTags = new();
    private readonly StringBuilder _addedToGalleryData = new();

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The manifest. It has <c>PrivateData.PSData.Tags</c>, and each table ends on a line of its own.</param>
    /// <exception cref="ManifestException">The file is no such manifest.</exception>
    public ManifestText(string path)
    {
        _path = path;
        _text = File.ReadAllText(path);
        var script = Parser.ParseInput(_text, out _, out var errors);
        if (errors.Length > 0)
        {
            throw new ManifestException($"{path} is not a module manifest: {errors[0].Message}");
        }

        _root = script.Find(part => part is HashtableAst, searchNestedScriptBlocks: false) as HashtableAst
            ?? throw new ManifestException($"{path} is not a module manifest.");
        _galleryData = (HashtableAst)ValueOf((HashtableAst)ValueOf(_root, "PrivateData"), "PSData");
    }

    /// <summary>Adds an entry of the manifest itself, unless it has no value.</summary>
    public void AddToRoot(string name, string? value) => Add(_addedToRoot, 1, name, value);

    /// <summary>Adds a list to the manifest itself.</summary>
    public void AddToRoot(string name, IEnumerable<string> values)
    {
        _addedToRoot.Append($"    {name} = @(\n");
        foreach (var value in values)
        {
            _addedToRoot.Append($"        {Quote(value)}\n");
        }

        _addedToRoot.Append("    )\n");
    }

    /// <summary>Adds tags, by which galleries find the module.</summary>
    public void AddToTags(IEnumerable<string> tags)
    {
        foreach (var tag in tags)
        {
            _addedToTags.Append($", {Quote(tag)}");
        }
    }

    /// <summary>Adds an entry for galleries (<c>PrivateData.PSData</c>), unless it has no value.</summary>
    public void AddToGalleryData(string name, string? value) => Add(_addedToGalleryData, 3, name, value);

    /// <summary>Returns the manifest with everything that was added.</summary>
    public string Complete()
    {
        var tags = ValueOf(_galleryData, "Tags");
        var text = new StringBuilder(_text);

        // From the end to the beginning, because each insertion moves what follows.
        text.Insert(LastLineOf(_root), _addedToRoot);
        text.Insert(LastLineOf(_galleryData), _addedToGalleryData);
        text.Insert(tags.Extent.EndOffset - 1, _addedToTags);
        return text.ToString();
    }

    private ExpressionAst ValueOf(HashtableAst table, string name) =>
        ((table.KeyValuePairs.FirstOrDefault(pair => pair.Item1 is StringConstantExpressionAst key && key.Value == name)?.Item2
            as PipelineAst)?.GetPureExpression()) ?? throw new ManifestException($"{_path} has no {name}.");

    private int LastLineOf(HashtableAst table) => _text.LastIndexOf('\n', table.Extent.EndOffset - 1) + 1;

    private static void Add(StringBuilder text, int depth, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(' ', 4 * depth).Append($"{name} = {Quote(value)}\n");
        }
    }

    private static string Quote(string value) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
