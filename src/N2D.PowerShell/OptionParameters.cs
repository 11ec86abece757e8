using System.Management.Automation;
using System.Reflection;

namespace N2D.PowerShell;

/// <summary>
/// Names the library's options as parameters. The library's messages name no parameters, as C# programs use it too: an error carries the names of
/// the options that its remedy is about, and the cmdlets append the parameters.
/// </summary>
internal static class OptionParameters
{
    /// <summary>Options whose parameter has another name.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["Epochs"] = "Epoch",
        ["HiddenUnits"] = "HiddenUnit",
        ["MaxIterations"] = "MaximumIteration",
        ["MinimumSamples"] = "MinimumSample",
        ["Patience"] = "EarlyStopping",
        ["Schedule"] = "LearningRateSchedule",
        ["Selection"] = "ClusterSelection",
    };

    /// <summary>The cmdlets that have each parameter.</summary>
    private static readonly ILookup<string, (Type Type, string Name)> Cmdlets = typeof(OptionParameters).Assembly.GetTypes()
        .Select(type => (Type: type, Cmdlet: type.GetCustomAttribute<CmdletAttribute>()))
        .Where(found => found.Cmdlet is not null)
        .SelectMany(found => found.Type.GetProperties()
            .Where(property => property.IsDefined(typeof(ParameterAttribute)))
            .Select(property => (property.Name, Cmdlet: (found.Type, $"{found.Cmdlet!.VerbName}-{found.Cmdlet.NounName}"))))
        .OrderBy(found => found.Cmdlet.Item2, StringComparer.Ordinal)
        .ToLookup(found => found.Name, found => found.Cmdlet, StringComparer.Ordinal);

    /// <summary>A sentence that names the parameters of some options, and their cmdlets where these are others.</summary>
    /// <param name="options">The options, at least one.</param>
    /// <param name="cmdlet">The cmdlet that runs.</param>
    public static string Describe(IReadOnlyList<string> options, Type cmdlet) =>
        $"{(options.Count == 1 ? "Parameter" : "Parameters")}: {string.Join(", ", options.Select(option => NameOf(option, cmdlet)))}.";

    /// <summary>A message, and after it the parameters of its options.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options; none leaves the message as it is.</param>
    /// <param name="cmdlet">The cmdlet that runs.</param>
    public static string Append(string message, IReadOnlyList<string> options, Type cmdlet) =>
        options.Count == 0 ? message : $"{message} {Describe(options, cmdlet)}";

    private static string NameOf(string option, Type cmdlet)
    {
        var parameter = Renamed.GetValueOrDefault(option, option);
        var cmdlets = Cmdlets[parameter];
        return !cmdlets.Any() || cmdlets.Any(other => other.Type == cmdlet)
            ? $"-{parameter}"
            : $"-{parameter} of {string.Join(" or ", cmdlets.Select(other => other.Name))}";
    }
}
