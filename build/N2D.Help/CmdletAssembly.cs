using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace N2D.Help;

/// <summary>Reads the cmdlets of an assembly: attributes, types, default values and doc comments.</summary>
internal static class CmdletAssembly
{
    /// <summary>The cmdlets of an assembly, by name.</summary>
    /// <param name="path">The assembly, with those that it needs and their comments beside it.</param>
    /// <exception cref="HelpException">A comment names another default value than the code.</exception>
    public static IReadOnlyList<CmdletDescription> Read(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, name.Name + ".dll") is var beside && File.Exists(beside) ? context.LoadFromAssemblyPath(beside) : null;
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(path));

        var comments = new XmlComments();
        foreach (var commented in Directory.EnumerateFiles(folder, "N2D*.dll").Where(file => File.Exists(Path.ChangeExtension(file, ".xml"))))
        {
            comments.Add(commented);
        }

        return
        [
            .. from type in assembly.GetExportedTypes()
               let attribute = type.GetCustomAttribute<CmdletAttribute>()
               where attribute is not null
               orderby attribute.NounName, attribute.VerbName
               select Describe(type, attribute, comments),
        ];
    }

    private static CmdletDescription Describe(Type type, CmdletAttribute attribute, XmlComments comments)
    {
        var instance = Activator.CreateInstance(type)!;
        var parameters = type.GetProperties()
            .Where(property => property.IsDefined(typeof(ParameterAttribute)))
            .Select(property => ParameterReader.Describe(property, instance, comments))
            .Concat(attribute.SupportsShouldProcess ? ParameterReader.ShouldProcess : [])
            .OrderBy(parameter => parameter.FirstUse.Position ?? int.MaxValue)
            .ThenBy(parameter => !parameter.FirstUse.IsMandatory);
        return new CmdletDescription
        {
            Verb = attribute.VerbName,
            Noun = attribute.NounName,
            Synopsis = string.Join(" ", comments.ParagraphsOf(type, "synopsis")),
            Description = comments.ParagraphsOf(type, "description"),
            Parameters = [.. parameters],
            Outputs = [.. type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type).Select(output => OutputOf(output, comments))],
            DefaultSet = attribute.DefaultParameterSetName,
        };
    }

    private static (string Type, string Meaning) OutputOf(PSTypeName output, XmlComments comments) =>
        (output.Name, output.Type is null ? "" : comments.SummaryOf(output.Type));
}
