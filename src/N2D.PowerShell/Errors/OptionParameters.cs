using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace N2D.PowerShell;

/// <summary>
/// Names the library's options as parameters. Messages of the library name options by their properties, because C# programs use the library
/// too. Errors and warnings carry the options that they name, and the cmdlets replace them with their parameters.
/// </summary>
internal static class OptionParameters
{
    /// <summary>
    /// Options whose parameters have other names. If there are several, the one that the running cmdlet has is used, otherwise the first.
    /// A name with a cmdlet is used as it is.
    /// </summary>
    private static readonly Dictionary<string, string[]> Renamed = new(StringComparer.Ordinal)
    {
        ["CategoryColumns"] = ["CategoryColumn", "CategoryProperty"],
        ["Checkpoint"] = ["CheckpointPath"],
        ["ClusterCounts"] = ["ClusterCount", "MaximumClusterCount"],
        ["ClusterCounts.Least"] = ["MinimumClusterCount"],
        ["ClusterCounts.Most"] = ["MaximumClusterCount"],
        ["Columns"] = ["Column", "Property"],
        ["ColumnNames"] = ["Header"],
        ["Epochs"] = ["Epoch"],
        ["ExcludedColumns"] = ["ExcludeColumn", "ExcludeProperty"],
        ["GroupColumn"] = ["StandardizeBy"],
        ["HasHeader"] = ["NoHeader"],
        ["Hashes"] = ["Hash"],
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
        ["Rounds"] = ["Round"],
        ["Required"] = ["Model of Import-N2DDataset or ConvertTo-N2DDataset"],
        ["Schedule"] = ["LearningRateSchedule"],
        ["Seeds"] = ["Seed"],
        ["Selection"] = ["ClusterSelection"],
        ["Size"] = ["ImageSize"],
        ["Sources"] = ["Path"],
        ["StopsWhenSettled"] = ["StopWhenSettled"],
        ["Targets"] = ["Target"],
        ["WeightColumn"] = ["WeightColumn", "WeightProperty"],
    };

    /// <summary>Values of options that parameters express in another way.</summary>
    private static readonly (string Option, string Setting, string Argument)[] Switches =
    [
        ("HasHeader", "HasHeader false", "-NoHeader"),
        ("HasHeader", "HasHeader true", "-NoHeader:$false"),
        ("LibtorchKind", "(LibtorchKind Cpu)", "with Install-N2DBackend -Kind Cpu -Download"),
        ("LibtorchKind", "(LibtorchKind Cuda)", "with Install-N2DBackend -Kind Cuda -Download"),
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

        // An option without a parameter keeps its name.
        var others = Cmdlets[parameters[0].Split(' ')[0]].ToArray();
        return others.Length == 0 ? parameters[0]
            : others.Length > 2 || parameters[0].Contains(' ', StringComparison.Ordinal) ? $"-{parameters[0]}"
            : $"-{parameters[0]} of {string.Join(" or ", others.Select(other => other.Name))}";
    }
}
