using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace N2D.Help;

/// <summary>Reads the doc comments of assemblies from the files that the compiler writes next to them.</summary>
internal sealed partial class XmlComments
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <summary>Adds the comments of an assembly.</summary>
    /// <param name="assemblyPath">The assembly; its comments are in the .xml file beside it.</param>
    public void Add(string assemblyPath)
    {
        foreach (var member in XDocument.Load(Path.ChangeExtension(assemblyPath, ".xml")).Descendants("member"))
        {
            _members[(string)member.Attribute("name")!] = member;
        }
    }

    /// <summary>The paragraphs of a kind, <c>&lt;para type="synopsis"&gt;</c> or <c>"description"</c>, of a cmdlet or a parameter.</summary>
    /// <param name="member">The class or property.</param>
    /// <param name="kind">The paragraphs' type.</param>
    public IReadOnlyList<string> ParagraphsOf(MemberInfo member, string kind) =>
        [.. (Find(member)?.Element("summary")?.Elements("para") ?? []).Where(para => (string?)para.Attribute("type") == kind).Select(TextOf)];

    /// <summary>The summary of a type or an enumeration value, in one sentence; empty without a comment.</summary>
    /// <param name="member">The type or the value's field.</param>
    public string SummaryOf(MemberInfo member) => Find(member)?.Element("summary") is { } summary ? TextOf(summary) : "";

    private XElement? Find(MemberInfo member) => _members.GetValueOrDefault(member switch
    {
        Type type => $"T:{NameOf(type)}",
        PropertyInfo property => $"P:{NameOf(property.DeclaringType!)}.{property.Name}",
        FieldInfo field => $"F:{NameOf(field.DeclaringType!)}.{field.Name}",
        _ => throw new ArgumentException($"{member.MemberType} has no help.", nameof(member)),
    });

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string TextOf(XElement element) => Space().Replace(string.Concat(element.Nodes().Select(TextOf)), " ").Trim();

    private static string TextOf(XNode node) => node switch
    {
        XText text => text.Value,
        XElement reference when reference.Attribute("cref") is { } target => target.Value[(target.Value.LastIndexOf('.') + 1)..],
        XElement reference when (reference.Attribute("name") ?? reference.Attribute("langword")) is { } name => name.Value,
        XElement other => string.Concat(other.Nodes().Select(TextOf)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
