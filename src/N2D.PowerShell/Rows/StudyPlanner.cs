using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json.Nodes;
using N2D.Ablation;
using N2D.Clustering;
using N2D.Data;
using N2D.Models;
using N2D.Pipeline;
using N2D.PowerShell.Commands;
using N2D.Studies;

namespace N2D.PowerShell;

/// <summary>Makes the tasks of a study of what the user asked for. Reads and checks all data sets, models and parameters.</summary>
/// <param name="cmdlet">The cmdlet whose session reads the data sets.</param>
internal sealed class StudyPlanner(N2DCmdlet cmdlet)
{
    private const string LiteralPath = "LiteralPath", Pattern = "Path", Skip = "Skip", First = "First";

    /// <summary>Parameters that a study sets itself.</summary>
    private static readonly string[] Managed = ["Method", "Seed", "CheckpointPath", "CheckpointIntervalSec"];

    private static readonly string[] ComparisonParameters = ParametersOf(typeof(CompareN2DMethodCommand));

    private static readonly string[] FitParameters = ParametersOf(typeof(InvokeN2DCommand));

    /// <summary>Parameters of Import-N2DDataset with which a file is not divided.</summary>
    private static readonly string[] Whole = ["LabelPath", Skip, First];

    /// <summary>Parameters of Import-N2DDataset that hold one path.</summary>
    private static readonly string[] Paths = [LiteralPath, "LabelPath"];

    /// <summary>Parameters of Import-N2DDataset that are read here. The user may write them in any case.</summary>
    private static readonly string[] ReadNames = [.. Paths, Pattern, Skip, First];

    private static readonly ScriptBlock Import = ScriptBlock.Create("param($source) Import-N2DDataset @source -ErrorAction Stop");

    // Without input, a cmdlet only checks its parameters.
    private static readonly ScriptBlock CheckComparison =
        ScriptBlock.Create("param($options, $methods) @() | Compare-N2DMethod $methods @options -ErrorAction Stop");

    private static readonly ScriptBlock CheckFit = ScriptBlock.Create("param($options) @() | Invoke-N2D @options -ErrorAction Stop");

    /// <summary>Makes the tasks that compare methods.</summary>
    public IReadOnlyList<StudyTask> Compare(object[] datasets, string[] methods, int[] seeds, IDictionary parameter)
    {
        var combinations = CombinationsOf(parameter, ComparisonParameters, "Compare-N2DMethod");
        WarnOfUnusedParameters(methods, combinations);
        foreach (var options in combinations)
        {
            cmdlet.Run(CheckComparison, JsonValues.To(options), methods);
        }

        return Sweep(StudyTaskKind.Compare, datasets, seeds, combinations, methods);
    }

    /// <summary>Warns if methods get equal rows, because they do not use a parameter that varies.</summary>
    private void WarnOfUnusedParameters(string[] methods, List<JsonObject> combinations)
    {
        var varied = combinations.SelectMany(options => options)
            .GroupBy(option => option.Key, option => CanonicalTextOf(option.Value))
            .Where(values => values.Distinct().Count() > 1)
            .Select(values => values.Key);
        foreach (var name in varied)
        {
            string[] unaffected =
                [.. AblationMethod.Select(methods).Where(method => !Uses(method, name, combinations[0])).Select(method => method.Name)];
            if (unaffected.Length > 0)
            {
                var these = unaffected.Length == 1 ? "this method" : "these methods";
                cmdlet.WriteWarning(
                    $"{string.Join(", ", unaffected)}: {name} has no effect on {these}, so "
                        + $"the rows of its values are equal. Start the methods that use {name} in a command of their own.");
            }
        }
    }

    private static bool Uses(AblationMethod method, string parameter, JsonObject options) => parameter switch
    {
        "Epoch" or "HiddenUnit" or "Device" => method.Representation == Representation.Autoencoder,
        "NeighborCount" => method.UsesNeighborCount,
        "Dimension" => method.UsesDimension,

        // Besides the mixture, a preset sets these parameters where they are not given.
        "Preset" => method.Clusterer == ClusterMethod.GaussianMixture
            || (!options.ContainsKey("Epoch") && Uses(method, "Epoch", options))
            || (!options.ContainsKey("Dimension") && Uses(method, "Dimension", options)),
        _ => true,
    };

    /// <summary>Returns the parameters that a cmdlet itself declares, without those that the study sets.</summary>
    private static string[] ParametersOf(Type cmdlet) =>
    [
        .. cmdlet.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.IsDefined(typeof(ParameterAttribute)))
            .Select(property => property.Name)
            .Except(Managed),
    ];

    private static string CanonicalTextOf(JsonNode? value) => value?.ToJsonString() ?? "";

    /// <summary>Makes the tasks that fit models.</summary>
    public IReadOnlyList<StudyTask> Fit(object[] datasets, int[] seeds, IDictionary parameter)
    {
        var combinations = CombinationsOf(parameter, FitParameters, "Invoke-N2D");
        foreach (var options in combinations)
        {
            cmdlet.Run(CheckFit, JsonValues.To(options));
        }

        return Sweep(StudyTaskKind.Fit, datasets, seeds, combinations, null);
    }

    /// <summary>Makes the tasks that apply a model: one for each file, or for each part of a large file.</summary>
    public IReadOnlyList<StudyTask> Score(string model, object[] shards, long rowsPerTask)
    {
        _ = FittedPipeline.Describe(model);
        var modelDigest = DigestOf(model);
        var tasks = new List<StudyTask>();
        foreach (var source in shards.SelectMany(SourcesOf))
        {
            var path = (string?)source[LiteralPath] ?? throw new N2DException(
                "ShardNotAFile", ErrorKind.InvalidArgument, "A shard is a file, and this one is a published data set.", source["Name"]);
            var digest = DigestOf(path);
            var isWhole = Whole.Any(source.ContainsKey);
            foreach (var part in isWhole ? [null] : FileParts.Of(path, rowsPerTask, Execution.Default))
            {
                var options = (JsonObject)source.DeepClone();
                options.Remove(LiteralPath);
                if (part is { } rows)
                {
                    options[Skip] = rows.Skip;
                    options[First] = rows.First;
                }

                var place = (JsonObject)options.DeepClone();
                (place[LiteralPath], place["Model"]) = (path, model);
                place[StudyTaskScripts.DataStamp] = StudyData.StampOf(path);
                place[StudyTaskScripts.ModelStamp] = StudyData.StampOf(model);
                tasks.Add(StudyTask.Create(
                    System.IO.Path.GetFileName(path),
                    new TaskSpec(StudyTaskKind.Score, digest) { Model = modelDigest, Parameters = options },
                    place));
            }
        }

        return tasks;
    }

    private StudyTask[] Sweep(
        StudyTaskKind kind, object[] datasets, int[] seeds, IReadOnlyList<JsonObject> combinations, string[]? methods)
    {
        var tasks = new List<StudyTask>();
        foreach (var source in datasets.SelectMany(SourcesOf))
        {
            foreach (var rows in cmdlet.Run(Import, JsonValues.To(source)).Select(item => (Embedding)item.BaseObject))
            {
                ThrowIfClusterCountIsMissing(rows, source, combinations);
                foreach (var options in kind == StudyTaskKind.Fit ? combinations : [])
                {
                    ThrowIfUnfit(rows, options);
                }

                var digest = cmdlet.RunFor($"Reading {rows.Dataset}", execution => StudyData.DigestOf(rows, execution));
                foreach (var options in combinations)
                {
                    foreach (var seed in seeds.Distinct())
                    {
                        var spec = new TaskSpec(kind, digest) { Seed = seed, Methods = methods, Parameters = options };
                        tasks.Add(StudyTask.Create(rows.Dataset, spec, source));
                    }
                }
            }
        }

        return [.. tasks];
    }

    /// <summary>Throws what Invoke-N2D would throw before it starts to fit.</summary>
    private static void ThrowIfUnfit(Embedding rows, JsonObject options)
    {
        using var command = new InvokeN2DCommand();
        foreach (var (name, value) in options)
        {
            var property = typeof(InvokeN2DCommand).GetProperty(name)!;
            property.SetValue(command, LanguagePrimitives.ConvertTo(JsonValues.To(value), property.PropertyType));
        }

        try
        {
            command.ThrowIfUnfit(rows);
        }
        catch (N2DException error)
        {
            var message = OptionParameters.Name(error.Message, error.Options, typeof(InvokeN2DCommand));
            throw new N2DException(error.Id, error.Kind, $"Invoke-N2D: {message}", error.Target, error);
        }
    }

    private static void ThrowIfClusterCountIsMissing(Embedding rows, JsonObject source, IReadOnlyList<JsonObject> combinations)
    {
        if (rows.ClassCount is null && combinations.Any(options => !options.ContainsKey("ClusterCount")))
        {
            throw new N2DException(
                "ClusterCountRequired",
                ErrorKind.InvalidArgument,
                $"Data set '{rows.Dataset}' has no labels that give the number of clusters. Use -Parameter @{{ ClusterCount = 5 }}, or "
                    + $"name the column of the labels: -Dataset @{{ Path = '{PathOf(source)}'; LabelColumn = 'class' }}.",
                rows);
        }
    }

    private static string PathOf(JsonObject source) =>
        ((string?)source[LiteralPath] ?? "data.csv").Replace("'", "''", StringComparison.Ordinal);

    /// <summary>Returns where the rows of data sets are: one object for each file or published data set.</summary>
    private IEnumerable<JsonObject> SourcesOf(object dataset)
    {
        var item = dataset is PSObject wrapped ? wrapped.BaseObject : dataset;
        if (item is not IDictionary given)
        {
            var text = item is FileSystemInfo file ? file.FullName : Convert.ToString(item, CultureInfo.InvariantCulture)!;
            var isFile = text.Any(letter => "*?[".Contains(letter)) || System.IO.Path.Exists(cmdlet.FullPathOf(text));
            return isFile || IsPath(text) ? [.. cmdlet.FullPathsOf(text).Select(path => new JsonObject { [LiteralPath] = path })]
                : DatasetCatalog.Find(text) is { } named ? [new JsonObject { ["Name"] = named.Name }]
                : throw Unknown(text);
        }

        var options = new JsonObject(((JsonObject)JsonValues.From(given)!).Select(option => KeyValuePair.Create(
            ReadNames.FirstOrDefault(name => name.Equals(option.Key, StringComparison.OrdinalIgnoreCase)) ?? option.Key,
            option.Value?.DeepClone())));
        foreach (var name in Paths.Where(name => options[name] is not null))
        {
            options[name] = cmdlet.FullPathOf((string)options[name]!);
        }

        if (options[Pattern] is not { } patterns)
        {
            return [options];
        }

        options.Remove(Pattern);
        return
        [
            .. (patterns as JsonArray ?? [patterns]).SelectMany(pattern => cmdlet.FullPathsOf((string)pattern!)).Select(path =>
            {
                var one = (JsonObject)options.DeepClone();
                one[LiteralPath] = path;
                return one;
            }),
        ];
    }

    private static bool IsPath(string text) => text.IndexOfAny(['/', '\\', '.', ':']) >= 0;

    private static N2DException Unknown(string name) => new(
        "DatasetNotFound",
        ErrorKind.NotFound,
        $"'{name}' is neither a file nor a published data set. {DatasetCatalog.NamesInsteadOf(name)}",
        name);

    private string DigestOf(string path) => cmdlet.RunFor(
        $"Reading {System.IO.Path.GetFileName(path)}", execution => StudyData.DigestOfFile(path, execution));

    /// <summary>Returns all combinations of the values of parameters.</summary>
    private static List<JsonObject> CombinationsOf(IDictionary parameter, string[] allowed, string command)
    {
        List<JsonObject> combinations = [[]];
        foreach (var entry in parameter.Cast<DictionaryEntry>().OrderBy(entry => $"{entry.Key}", StringComparer.OrdinalIgnoreCase))
        {
            var name = allowed.FirstOrDefault(name => name.Equals($"{entry.Key}", StringComparison.OrdinalIgnoreCase))
                ?? throw new N2DException(
                    "StudyParameterUnknown",
                    ErrorKind.InvalidArgument,
                    $"'{entry.Key}' is not a parameter of {command} that a study can vary. The parameters are "
                        + $"{string.Join(", ", allowed)}.",
                    entry.Key);
            var values = ValuesOf(name, entry.Value).Select(JsonValues.From).ToArray();
            combinations = [.. combinations.SelectMany(_ => values, (options, value) => new JsonObject(
                options.Append(KeyValuePair.Create(name, value)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))))];
        }

        return combinations;
    }

    private static object?[] ValuesOf(string name, object? value)
    {
        var items = (value is PSObject wrapped ? wrapped.BaseObject : value) is IEnumerable list and not string
            ? list.Cast<object?>().ToArray()
            : [value];

        // HiddenUnit itself is a list: 500, 500, 2000 is one value, and (64, 32), (500, 2000) are two.
        return name == "HiddenUnit" && !items.Any(item => item is IEnumerable and not string) ? [items] : items;
    }
}
