using System.Text.Json;
using System.Text.Json.Nodes;

namespace N2D.Studies;

/// <summary>A task of a study: a piece of work that needs no other task. Immutable.</summary>
/// <remarks>
/// A task is data, never code. Its <see cref="Key"/> depends only on what its result depends on: the kind, the content of the data and of
/// the model, the methods, the seed and the parameters. It does not depend on where the files are, nor on the number of threads, because
/// results do not either.
/// </remarks>
public sealed class StudyTask
{
    private const string DatasetName = "dataset", SpecName = "spec", SourceName = "source";

    private readonly JsonObject _spec;
    private readonly JsonObject _source;

    private StudyTask(int index, string dataset, StudyTaskKind kind, JsonObject spec, JsonObject source)
    {
        (Index, Dataset, Kind, _spec, _source) = (index, dataset, kind, spec, source);
        Key = CanonicalJson.KeyOf(spec);
    }

    /// <summary>The position in the study, from 0.</summary>
    public int Index { get; }

    /// <summary>The name of the files of the task: 32 hexadecimal digits.</summary>
    public string Key { get; }

    /// <summary>The kind of work.</summary>
    public StudyTaskKind Kind { get; }

    /// <summary>The name of the data set.</summary>
    public string Dataset { get; }

    /// <summary>Creates a task.</summary>
    /// <param name="dataset">The name of the data set.</param>
    /// <param name="spec">Everything that the result depends on.</param>
    /// <param name="source">Where the rows are, and how to read them.</param>
    public static StudyTask Create(string dataset, TaskSpec spec, JsonObject source)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(source);
        return new StudyTask(-1, dataset, spec.Kind, spec.ToJson(), (JsonObject)source.DeepClone());
    }

    /// <summary>Returns what the result depends on.</summary>
    public TaskSpec GetSpec() => TaskSpec.Of(_spec);

    /// <summary>Returns a copy of where the rows are.</summary>
    public JsonObject GetSource() => (JsonObject)_source.DeepClone();

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Dataset} ({Key})";

    /// <summary>Whether another task reads the same place in the same way.</summary>
    internal bool HasSourceOf(StudyTask other) => JsonNode.DeepEquals(_source, other._source);

    /// <summary>Returns this task with the place of the data of another one.</summary>
    internal StudyTask WithSourceOf(StudyTask other) => new(Index, Dataset, Kind, _spec, other._source);

    /// <summary>Returns the task at a position of a study.</summary>
    internal StudyTask At(int index) => new(index, Dataset, Kind, _spec, _source);

    /// <summary>Returns the line of the file of tasks.</summary>
    internal string ToLine() => CanonicalJson.Of(new JsonObject
    {
        ["key"] = Key,
        [DatasetName] = Dataset,
        [SpecName] = _spec.DeepClone(),
        [SourceName] = _source.DeepClone(),
    });

    /// <summary>Parses a line of the file of tasks.</summary>
    /// <param name="line">The line.</param>
    /// <param name="index">The number of the line, from 0.</param>
    /// <exception cref="FormatException">It is not a task.</exception>
    internal static StudyTask Parse(string line, int index)
    {
        try
        {
            var document = (JsonObject)JsonNode.Parse(line)!;
            var spec = (JsonObject)document[SpecName]!;
            return new StudyTask(
                index,
                (string)document[DatasetName]!,
                TaskSpec.KindOf(spec),
                spec,
                (JsonObject)document[SourceName]!);
        }
        catch (Exception error) when (error is JsonException or InvalidCastException or InvalidOperationException
            or NullReferenceException or ArgumentException)
        {
            throw new FormatException($"line {index + 1} is not a task", error);
        }
    }
}
