using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace N2D.PowerShell;

/// <summary>
/// Names the library's options as parameters. The library's messages name options by their properties, as C# programs use it too: an error
/// or a warning carries the options that it names, and the cmdlets replace them by their parameters.
/// </summary>
internal static class OptionParameters
{
    /// <summary>Options whose parameters have other names. Of several, the running cmdlet's own is meant, or the first.</summary>
    private static readonly Dictionary<string, string[]> Renamed = new(StringComparer.Ordinal)
    {
        ["CategoryColumns"] = ["CategoryColumn", "CategoryProperty"],
        ["ClusterCounts"] = ["ClusterCount", "MaximumClusterCount"],
        ["ClusterCounts.Most"] = ["MaximumClusterCount"],
        ["Columns"] = ["Column", "Property"],
        ["ColumnNames"] = ["Header"],
        ["Epochs"] = ["Epoch"],
        ["ExaggerationIterations"] = ["ExaggerationIteration"],
        ["ExcludedColumns"] = ["ExcludeColumn", "ExcludeProperty"],
        ["HasHeader"] = ["NoHeader"],
        ["HiddenUnits"] = ["HiddenUnit"],
        ["IdColumn"] = ["IdColumn", "IdProperty"],
        ["InitialCenters"] = ["InitialCenter"],
        ["InitialLayout"] = ["InitialEmbedding"],
        ["InitialMeans"] = ["InitialCenter"],
        ["Iterations"] = ["Iteration"],
        ["LabelColumn"] = ["LabelColumn", "LabelProperty"],
        ["Labels"] = ["UseLabel"],
        ["MaxIterations"] = ["MaximumIteration"],
        ["MinimumSamples"] = ["MinimumSample"],
        ["MissingMarks"] = ["MissingMark"],
        ["Neighbors"] = ["Neighbor"],
        ["Patience"] = ["EarlyStopping"],
        ["Schedule"] = ["LearningRateSchedule"],
        ["Selection"] = ["ClusterSelection"],
        ["Size"] = ["ImageSize"],
        ["Targets"] = ["Target"],
        ["WeightColumn"] = ["WeightColumn", "WeightProperty"],
    };

    /// <summary>Values of options that parameters express in another way.</summary>
    private static readonly (string Option, string Setting, string Argument)[] Switches =
    [
        ("HasHeader", "HasHeader false", "-NoHeader"),
        ("HasHeader", "HasHeader true", "-NoHeader:$false"),
    ];

    /// <summary>The cmdlets that have each parameter.</summary>
    private static readonly ILookup<string, (Type Type, string Name)> Cmdlets = typeof(OptionParameters).Assembly.GetTypes()
        .Select(type => (Type: type, Cmdlet: type.GetCustomAttribute<CmdletAttribute>()))
        .Where(found => found.Cmdlet is not null)
        .SelectMany(found => found.Type.GetProperties()
            .Where(property => property.IsDefined(typeof(ParameterAttribute)))
            .Select(property => (property.Name, Cmdlet: (found.Type, $"{found.Cmdlet!.VerbName}-{found.Cmdlet.NounName}"))))
        .OrderBy(found => found.Cmdlet.Item2, StringComparer.Ordinal)
        .ToLookup(found => found.Name, found => found.Cmdlet, StringComparer.Ordinal);

    /// <summary>
    /// A message in which each option is named as a parameter, with the cmdlet if the parameter belongs to another one. Parameters of
    /// options that the message does not name follow in a sentence of their own.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options; none leaves the message as it is.</param>
    /// <param name="cmdlet">The cmdlet that runs.</param>
    public static string Name(string message, IReadOnlyList<string> options, Type cmdlet)
    {
        var others = new List<string>();
        foreach (var option in options)
        {
            var named = message;
            foreach (var (_, setting, argument) in Switches.Where(pair => pair.Option == option))
            {
                named = named.Replace(setting, argument, StringComparison.Ordinal);
            }

            // A word next to an apostrophe or a slash is the name of a column or a file; after a hyphen, it is already a parameter.
            named = Regex.Replace(named, $@"(?<![\w'/\\-]){Regex.Escape(option)}(?![\w'/\\-])", NameOf(option, cmdlet));
            if (named == message)
            {
                others.Add(NameOf(option, cmdlet));
            }

            message = named;
        }

        return others.Count == 0 ? message : $"{message} {(others.Count == 1 ? "Parameter" : "Parameters")}: {string.Join(", ", others)}.";
    }

    private static string NameOf(string option, Type cmdlet)
    {
        var parameters = Renamed.GetValueOrDefault(option, [option]);
        if (Array.Find(parameters, name => Cmdlets[name].Any(other => other.Type == cmdlet)) is { } own)
        {
            return $"-{own}";
        }

        var others = Cmdlets[parameters[0]].ToArray();
        return others.Length is 0 or > 2
            ? $"-{parameters[0]}"
            : $"-{parameters[0]} of {string.Join(" or ", others.Select(other => other.Name))}";
    }
}
