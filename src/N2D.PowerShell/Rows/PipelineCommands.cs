using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using N2D.Data;
using N2D.Models;
using N2D.Pipeline;
using N2D.PowerShell.Commands;

namespace N2D.PowerShell;

/// <summary>Writes the commands that repeat a clustering, from the settings of its stages.</summary>
/// <remarks>
/// Settings have the names of parameters. The options of the import other than the preparation of the columns are not kept with the rows.
/// </remarks>
internal static partial class PipelineCommands
{
    /// <summary>The cmdlet that fits each stage. Settings of other stages are options of the import.</summary>
    private static readonly Dictionary<string, Type> Fitting = new(StringComparer.Ordinal)
    {
        ["Autoencoder"] = typeof(NewN2DAutoencoderCommand),
        ["Isomap"] = typeof(InvokeN2DIsomapCommand),
        ["LocallyLinearEmbedding"] = typeof(InvokeN2DLocallyLinearEmbeddingCommand),
        ["Pca"] = typeof(InvokeN2DPcaCommand),
        ["SupervisedUmap"] = typeof(InvokeN2DUmapCommand),
        ["Tsne"] = typeof(InvokeN2DTsneCommand),
        ["Umap"] = typeof(InvokeN2DUmapCommand),
    };

    private const string ImportNote = "# Add the options of the import, such as -LabelColumn. A result does not keep them.";

    /// <summary>Writes the commands, one a line.</summary>
    /// <param name="result">The clustering.</param>
    /// <returns>The lines; none if a stage has no cmdlet of its own, such as self-training.</returns>
    public static IReadOnlyList<string> Of(ClusterResult result)
    {
        var stages = result.GetEmbedding().GetStages();
        var prepared = stages.TakeWhile(stage => stage.Role is StageRole.Preparation or StageRole.Scaling).ToArray();
        var fitted = stages.Skip(prepared.Length).ToArray();
        if (result.ScoringSeconds is not null || !fitted.All(stage => CmdletOf(stage) is not null))
        {
            return [];
        }

        var import = string.Join("; ", prepared.Select(stage => stage.Settings));
        string[] commands =
        [
            ImportOf(result.GetEmbedding().GetDataset(), import),
            .. fitted.Select(stage => CommandOf(CmdletOf(stage)!, stage.Settings)),
            CommandOf(typeof(InvokeN2DClusterCommand), $"Method={result.Method}; {result.GetClusterer().Settings}"),
        ];
        var lines = commands.Select((command, place) =>
            $"{(place == 0 ? "$result = " : "    ")}{command}{(place < commands.Length - 1 ? " |" : "")}");
        return IsPublished(result.Dataset) ? [.. lines] : [ImportNote, .. lines];
    }

    private static Type? CmdletOf(FittedStage stage) =>
        Fitting.GetValueOrDefault(stage.Name) ?? (stage is Manifolds.LocallyLinearEmbedding ? Fitting["LocallyLinearEmbedding"] : null);

    private static bool IsPublished(string name) => DatasetCatalog.Find(name)?.Name == name;

    private static string ImportOf(Dataset dataset, string settings)
    {
        var id = dataset.GetIdName() is { } name ? $"; IdColumn={Quotation.ArgumentOf(name)}" : "";
        var import = typeof(ImportN2DDatasetCommand);
        return IsPublished(dataset.Dataset) ? $"Import-N2DDataset {dataset.Dataset}{ArgumentsOf(import, settings)}"
            : Path.IsPathRooted(dataset.Source)
                ? $"Import-N2DDataset {Quotation.ArgumentOf(Path.GetFileName(dataset.Source))}{ArgumentsOf(import, settings + id)}"
                : $"$rows | ConvertTo-N2DDataset{ArgumentsOf(typeof(ConvertToN2DDatasetCommand), settings)}";
    }

    private static string CommandOf(Type cmdlet, string settings)
    {
        var attribute = cmdlet.GetCustomAttribute<CmdletAttribute>()!;
        return $"{attribute.VerbName}-{attribute.NounName}{ArgumentsOf(cmdlet, settings)}";
    }

    private static string ArgumentsOf(Type cmdlet, string settings) => string.Concat(
        from setting in settings.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let parts = setting.Split('=', 2)
        let parameter = cmdlet.GetProperty(parts[0])
        where parts.Length == 2 && parameter?.IsDefined(typeof(ParameterAttribute)) == true
        select ArgumentOf(parameter, parts[1]));

    private static string ArgumentOf(PropertyInfo parameter, string value) =>
        parameter.PropertyType == typeof(SwitchParameter) ? value == bool.TrueString ? $" -{parameter.Name}" : ""
        : CountRange().Match(value) is { Success: true } range
            ? $" -ClusterCount Auto -MinimumClusterCount {range.Groups[1]} -MaximumClusterCount {range.Groups[2]}"
        : parameter.PropertyType.IsArray && parameter.PropertyType != typeof(string[]) ? $" -{parameter.Name} {value.Replace("-", ", ")}"
        : $" -{parameter.Name} {(Plain().IsMatch(value) ? value : Quotation.ArgumentOf(value.Trim('\'')))}";

    [GeneratedRegex(@"^Auto\((\d+)\.\.(\d+)\)$")]
    private static partial Regex CountRange();

    [GeneratedRegex(@"^[\w.+-]+$")]
    private static partial Regex Plain();
}
