using System.Globalization;
using System.Xml.Linq;

namespace N2D.Help;

/// <summary>Writes the file that Get-Help reads, in MAML, the markup language of PowerShell's help.</summary>
internal static class MamlFile
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the help of an assembly's cmdlets.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cmdlets">The cmdlets, each with its page.</param>
    /// <param name="projectAddress">The address of the project; null if it has none.</param>
    public static void Write(string path, IEnumerable<(CmdletDescription Cmdlet, CmdletPage Page)> cmdlets, string? projectAddress) =>
        new XDocument(new XElement(Help + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(entry => CommandOf(entry.Cmdlet, entry.Page, projectAddress)))).Save(path);

    private static XElement CommandOf(CmdletDescription cmdlet, CmdletPage page, string? projectAddress) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Description([cmdlet.Synopsis])),
        Description(cmdlet.Description),
        new XElement(Command + "syntax", cmdlet.Sets.Select(set => SyntaxOf(cmdlet, set))),
        new XElement(Command + "parameters", cmdlet.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter => ParameterOf(parameter, parameter.FirstUse))),
        new XElement(Command + "inputTypes", InputsOf(cmdlet)),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(output => TypeOf(Command + "returnValue", output.Type, [output.Meaning]))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(ExampleOf)),
        new XElement(Command + "relatedLinks", [.. OnlineLink(projectAddress), .. page.Related.Select(link => Link(TextOf(link)))]));

    /// <summary>Get-Help -Online opens the first link with an address, so only the project has one. Papers name theirs in the text.</summary>
    private static IEnumerable<XElement> OnlineLink(string? projectAddress) =>
        projectAddress is null ? [] : [Link("Online version:", projectAddress)];

    private static string TextOf((string Text, string Address) link) => link.Address.Length == 0 ? link.Text : $"{link.Text} {link.Address}";

    private static XElement Link(string text, string address = "") =>
        new(Maml + "navigationLink", new XElement(Maml + "linkText", text), new XElement(Maml + "uri", address));

    private static XElement SyntaxOf(CmdletDescription cmdlet, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        from parameter in cmdlet.Parameters
        let use = parameter.UseIn(set)
        where use is not null
        orderby use.Position ?? int.MaxValue, !use.IsMandatory
        select ParameterOf(parameter, use));

    private static XElement ParameterOf(ParameterDescription parameter, ParameterUse use) => new(
        Command + "parameter",
        new XAttribute("required", Truth(use.IsMandatory)),
        new XAttribute("variableLength", Truth(parameter.Type.IsArray)),
        new XAttribute("globbing", Truth(parameter.TakesWildcards)),
        new XAttribute("pipelineInput", use.PipelineInput),
        new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        Description(parameter.Paragraphs),
        IsSwitch(parameter)
            ? null
            : new XElement(
                Command + "parameterValue",
                new XAttribute("required", "true"),
                new XAttribute("variableLength", Truth(parameter.Type.IsArray)),
                TypeNames.ShortNameOf(parameter.Type)),
        new XElement(Dev + "type", new XElement(Maml + "name", TypeNames.ShortNameOf(parameter.Type)), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", parameter.DefaultValue));

    private static IEnumerable<XElement> InputsOf(CmdletDescription cmdlet) =>
        from parameter in cmdlet.Parameters
        where parameter.Uses.Values.Any(use => use.ByValue)
        select TypeOf(Command + "inputType", TypeNames.FullNameOf(parameter.Type), [.. parameter.Paragraphs.Take(1)]);

    private static XElement TypeOf(XName element, string type, IReadOnlyList<string> meaning) =>
        new(element, new XElement(Dev + "type", new XElement(Maml + "name", type), new XElement(Maml + "uri")), Description(meaning));

    private static XElement ExampleOf(CmdletExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"-------- Example {index + 1}: {example.Title} --------")),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs(example.Remarks)));

    private static XElement Description(IReadOnlyList<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph));

    private static bool IsSwitch(ParameterDescription parameter) => parameter.Type.Name == "SwitchParameter";

    private static string Truth(bool value) => value ? "true" : "false";
}
