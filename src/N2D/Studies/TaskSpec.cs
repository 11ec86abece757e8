using System.Text.Json.Nodes;

namespace N2D.Studies;

/// <summary>Everything that the result of a task depends on. Immutable.</summary>
/// <param name="Kind">The kind of work.</param>
/// <param name="Data">The digest of the data.</param>
public sealed record TaskSpec(StudyTaskKind Kind, string Data)
{
    private const string KindName = "kind", DataName = "data", ModelName = "model", SeedName = "seed", MethodName = "method",
        ParameterName = "parameter";

    /// <summary>The digest of the model; null unless the task applies a model.</summary>
    public string? Model { get; init; }

    /// <summary>The seed; null if the task applies a model.</summary>
    public int? Seed { get; init; }

    /// <summary>The names of the methods; null unless the task compares methods.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>The parameters of the cmdlet that does the work, by name. Not to be changed.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>Reads the kind of a task.</summary>
    internal static StudyTaskKind KindOf(JsonObject json) => Enum.Parse<StudyTaskKind>((string)json[KindName]!);

    /// <summary>Reads JSON. Entries that it does not have are null.</summary>
    internal static TaskSpec Of(JsonObject json) => new(KindOf(json), (string)json[DataName]!)
    {
        Model = (string?)json[ModelName],
        Seed = (int?)json[SeedName],
        Methods = json[MethodName] is JsonArray methods ? [.. methods.Select(method => (string)method!)] : null,
        Parameters = json[ParameterName] is JsonObject parameters ? (JsonObject)parameters.DeepClone() : [],
    };

    /// <summary>Returns the JSON whose digest is the key of the task.</summary>
    internal JsonObject ToJson()
    {
        var json = new JsonObject
        {
            [KindName] = Kind.ToString(),
            [DataName] = Data,
            [ParameterName] = Parameters.DeepClone(),
        };
        if (Model is not null)
        {
            json[ModelName] = Model;
        }

        if (Seed is not null)
        {
            json[SeedName] = Seed;
        }

        if (Methods is not null)
        {
            json[MethodName] = new JsonArray([.. Methods.Select(method => (JsonNode)method)]);
        }

        return json;
    }
}
