using System.Globalization;
using N2D.Data;
using N2D.Models;
using N2D.Pipeline;
using N2D.PowerShell.Commands;

namespace N2D.PowerShell;

/// <summary>Writes the commands that repeat a clustering, from the settings of its stages.</summary>
/// <remarks>
/// Settings have the names of parameters. The options of the import other than the preparation of the columns are not kept with the rows.
/// </remarks>
internal static class PipelineCommands
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

    private const string FileNote = "# Add the options of the import, such as -LabelColumn. A result does not keep them.";

    private const string ObjectNote =
        "# Add the options of the conversion, such as -LabelProperty and -WeightProperty. A result does not keep them.";

    /// <summary>The most properties to list.</summary>
    private const int MaxProperties = 40;

    /// <summary>Writes the commands, one a line.</summary>
    /// <param name="result">The clustering.</param>
    /// <returns>
    /// The lines; none if a stage has no cmdlet of its own, such as self-training. A comment if the result does not keep all arguments.
    /// </returns>
    public static IReadOnlyList<string> Of(ClusterResult result)
    {
        var stages = result.GetEmbedding().GetStages();
        var prepared = stages.TakeWhile(stage => stage.Role is StageRole.Preparation or StageRole.Scaling).ToArray();
        var fitted = stages.Skip(prepared.Length).ToArray();
        if (result.ScoringSeconds is not null || !fitted.All(stage => CmdletOf(stage) is not null))
        {
            return [];
        }

        var arguments = new CommandArguments();
        string[] commands =
        [
            ImportOf(result.GetEmbedding().GetDataset(), prepared, arguments),
            .. fitted.Select(stage => CommandOf(CmdletOf(stage)!, stage.Settings, arguments)),
            CommandOf(typeof(InvokeN2DClusterCommand), $"Method={result.Method}; {result.GetClusterer().Settings}", arguments),
            .. NamingOf(result),
        ];
        if (arguments.Unknown.Count > 0)
        {
            return [$"# The commands are left out, because a result does not keep {string.Join(", ", arguments.Unknown)}."];
        }

        var lines = commands.Select((command, place) =>
            $"{(place == 0 ? "$result = " : "    ")}{command}{(place < commands.Length - 1 ? " |" : "")}");
        return IsPublished(result.Dataset) ? [.. lines]
            : [IsOfObjects(result.GetEmbedding().GetDataset()) ? ObjectNote : FileNote, .. lines];
    }

    private static Type? CmdletOf(FittedStage stage) =>
        Fitting.GetValueOrDefault(stage.Name) ?? (stage is Manifolds.LocallyLinearEmbedding ? Fitting["LocallyLinearEmbedding"] : null);

    private static bool IsPublished(string name) => DatasetCatalog.Find(name)?.Name == name;

    private static bool IsOfObjects(Dataset dataset) => !IsPublished(dataset.Dataset) && !Path.IsPathRooted(dataset.Source);

    private static string ImportOf(Dataset dataset, FittedStage[] prepared, CommandArguments arguments)
    {
        var isObjects = IsOfObjects(dataset);
        var import = isObjects ? typeof(ConvertToN2DDatasetCommand) : typeof(ImportN2DDatasetCommand);
        var options = string.Concat(prepared.Select(stage => stage is GroupStandardizer groups
            ? arguments.Of(import, $"{nameof(DatasetCmdlet.Standardize)}={groups.Method}")
                + CommandArguments.Of(nameof(DatasetCmdlet.StandardizeBy), groups.GroupColumn)
            : arguments.Of(import, stage.Settings)));
        return isObjects
            ? $"$rows | {CommandArguments.NameOf(import)}{PropertiesOf(dataset, prepared)}"
                + CommandArguments.Of(nameof(ConvertToN2DDatasetCommand.IdProperty), dataset.GetIdName()) + options
            : IsPublished(dataset.Dataset) ? $"{CommandArguments.NameOf(import)} {dataset.Dataset}{options}"
            : $"{CommandArguments.NameOf(import)}{PathOf(Path.GetFileName(dataset.Source))}{options}"
                + CommandArguments.Of(nameof(ImportN2DDatasetCommand.IdColumn), dataset.GetIdName());
    }

    /// <summary>
    /// Writes the properties that are columns, and those of categories. A list of numbers is written as a wildcard, because its columns
    /// are numbered. Too many properties are left out: then all are used.
    /// </summary>
    private static string PropertiesOf(Dataset dataset, FittedStage[] prepared)
    {
        var names = dataset.GetColumnNames();
        var group = prepared.OfType<GroupStandardizer>().FirstOrDefault()?.GroupColumn;
        int[] columns = [.. Enumerable.Range(0, names.Count).Where(column => names[column] != group)];
        var properties = new List<string>();
        for (var place = 0; place < columns.Length; place++)
        {
            var length = ListLength(columns[place..].Select(column => names[column]));
            properties.Add(length < 2 ? names[columns[place]] : $"{names[columns[place]][..^1]}*");
            place += Math.Max(length, 1) - 1;
        }

        string[] categories = [.. columns.Where(dataset.IsCategory).Select(column => names[column])];
        return (properties.Count > MaxProperties ? "" : $" {ListOf(properties)}")
            + (categories.Length is 0 or > MaxProperties
                ? ""
                : $" -{nameof(ConvertToN2DDatasetCommand.CategoryProperty)} {ListOf(categories)}");
    }

    /// <summary>Counts the names that begin with the same text and end with 1, 2, 3, ...; 0 if the first does not end with 1.</summary>
    private static int ListLength(IEnumerable<string> names)
    {
        var first = names.First();
        var text = first.Length > 1 && first[^1] == '1' ? first[..^1] : null;
        return text is null
            ? 0
            : names.TakeWhile((name, place) => name == text + (place + 1).ToString(CultureInfo.InvariantCulture)).Count();
    }

    private static string ListOf(IEnumerable<string> names) => string.Join(", ", names.Select(Quotation.WholeArgumentOf));

    /// <summary>Writes the path of a file so that wildcard characters in it have no special meaning.</summary>
    private static string PathOf(string name) => name.AsSpan().ContainsAny("[]*?`")
        ? CommandArguments.Of(nameof(ImportN2DDatasetCommand.LiteralPath), name)
        : $" {Quotation.WholeArgumentOf(name)}";

    /// <summary>Writes the command that names the clusters, if they have names.</summary>
    private static IEnumerable<string> NamingOf(ClusterResult result)
    {
        var named = result.GetClusterNames().Index().Where(cluster => cluster.Item is not null).ToArray();
        if (named.Length > 0)
        {
            yield return CommandArguments.NameOf(typeof(RenameN2DClusterCommand))
                + $" -{nameof(RenameN2DClusterCommand.Cluster)} {string.Join(", ", named.Select(cluster => $"{cluster.Index}"))}"
                + $" -{nameof(RenameN2DClusterCommand.Name)} "
                + string.Join(", ", named.Select(cluster => Quotation.WholeArgumentOf(cluster.Item!)));
        }
    }

    private static string CommandOf(Type cmdlet, string settings, CommandArguments arguments) =>
        CommandArguments.NameOf(cmdlet) + arguments.Of(cmdlet, settings);
}
