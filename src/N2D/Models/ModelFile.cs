using System.Text.Json;
using N2D.Clustering;
using N2D.Pipeline;
using N2D.Serialization;

namespace N2D.Models;

/// <summary>
/// The file of a fitted pipeline: safetensors, with a description of the whole as JSON in the metadata, a further JSON text for each stage and the clusterer,
/// and their arrays. Reading one runs nothing that is in it.
/// </summary>
internal static class ModelFile
{
    private const string FormatName = "format";
    private const string Format = "n2d-model";
    private const string DescriptionName = "description";
    private const string ClustererName = "clusterer";

    /// <summary>Writes a pipeline.</summary>
    /// <param name="path">Full path; a file that is there is replaced.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <exception cref="N2DException">It cannot be written (<c>FileNotWritten</c>), or has a stage that no file holds (<c>NotSavable</c>).</exception>
    public static void Write(string path, FittedPipeline pipeline)
    {
        var metadata = new Dictionary<string, string> { [FormatName] = Format, [DescriptionName] = ModelJson.Write(pipeline.Document) };
        var arrays = new List<NamedArray>();
        for (var stage = 0; stage < pipeline.GetStages().Count; stage++)
        {
            Add(NameOf(stage), pipeline.GetStages()[stage]);
        }

        if (pipeline.GetClusterer() is { } clusterer)
        {
            Add(ClustererName, clusterer);
        }

        SafetensorsFile.Write(path, metadata, arrays);

        void Add(string name, object fitted)
        {
            var part = new ModelPartWriter(name);
            ModelParts.Of(fitted).Write(fitted, part);
            metadata[name] = part.Json;
            arrays.AddRange(part.Arrays);
        }
    }

    /// <summary>Reads what a file tells of its pipeline, and none of its arrays.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">
    /// There is no such file (<c>FileNotFound</c>), it cannot be read (<c>ReadFailed</c>, <c>AccessDenied</c>), is damaged (<c>CorruptSafetensors</c>, <c>CorruptModel</c>),
    /// holds something else (<c>NotAModel</c>), or is of a later version (<c>ModelTooNew</c>).
    /// </exception>
    public static ModelDescription Describe(string path)
    {
        using var file = SafetensorsFile.Open(path, DamagedModel.Remedy);
        return new ModelDescription(path, file.Length, DocumentOf(file));
    }

    /// <summary>Reads a pipeline.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">Cancellation.</param>
    /// <exception cref="N2DException">As for <see cref="Describe"/>.</exception>
    public static FittedPipeline Read(string path, Execution execution)
    {
        using var file = SafetensorsFile.Open(path, DamagedModel.Remedy);
        var document = DocumentOf(file);
        var stages = new FittedStage[document.Stages.Length];
        var dimension = document.Data.Columns.Length;
        for (var stage = 0; stage < stages.Length; stage++)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            execution.Report($"reading {document.Stages[stage].Name}", (double)stage / (stages.Length + 1));
            var read = stages[stage] = ReadPart<FittedStage>(file, NameOf(stage), document.Stages[stage], document.FormatVersion);
            ThrowIfNot(PartDocument.Of(read) == document.Stages[stage] && read.InputDimension == dimension, file, NameOf(stage));
            dimension = read.OutputDimension;
        }

        var clusterer = document.Clusterer is null ? null : ReadPart<FittedClusterer>(file, ClustererName, document.Clusterer, document.FormatVersion);
        ThrowIfNot(clusterer is null || (PartDocument.Of(clusterer) == document.Clusterer && clusterer.Dimension == dimension), file, ClustererName);
        return new FittedPipeline(document, stages, clusterer);
    }

    private static string NameOf(int stage) => $"stage{stage}";

    private static ModelDocument DocumentOf(SafetensorsFile file)
    {
        if (file.Metadata.GetValueOrDefault(FormatName) != Format || !file.Metadata.TryGetValue(DescriptionName, out var json))
        {
            throw new N2DException(
                "NotAModel", ErrorKind.InvalidData, $"'{file.Path}' is a safetensors file, but no model that Export-N2DModel wrote.", file.Path);
        }

        return Guard(file.Path, "its description", () =>
        {
            ThrowIfTooNew(file.Path, json);
            var document = ModelJson.Read<ModelDocument>(json);
            document.ThrowIfInconsistent(reason => DamagedModel.Error(file.Path, reason));
            return document;
        });
    }

    /// <summary>The version comes first: what a later one holds, this one cannot even read.</summary>
    private static void ThrowIfTooNew(string path, string json)
    {
        using var document = JsonDocument.Parse(json);
        var version = document.RootElement.GetProperty("formatVersion").GetInt32();
        if (version > ModelDocument.CurrentFormat)
        {
            throw new N2DException(
                "ModelTooNew",
                ErrorKind.InvalidData,
                $"'{path}' is of version {version} of the format, and this N2D, {ModelDocument.CurrentSoftware}, reads up to version {ModelDocument.CurrentFormat}: update the module.",
                path);
        }
    }

    private static T ReadPart<T>(SafetensorsFile file, string name, PartDocument document, int formatVersion)
        where T : class => Guard(file.Path, name, () =>
    {
        var part = ModelParts.Find(document.Part) ?? throw new N2DException(
            "ModelTooNew",
            ErrorKind.InvalidData,
            $"'{file.Path}' has a stage '{document.Part}', which this N2D, {ModelDocument.CurrentSoftware}, does not know: update the module.",
            file.Path);
        return part.Read(new ModelPartReader(file, name, document.Seconds, formatVersion)) as T ?? throw DamagedModel.Error(file.Path, $"{name} cannot be a {document.Part}");
    });

    /// <summary>What the values' own types refuse of them comes out as the error of a damaged file.</summary>
    private static T Guard<T>(string path, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (N2DException error) when (error.Target as string != path)
        {
            throw DamagedModel.Error(path, $"{what}: {error.Message.TrimEnd('.')}", error);
        }
        catch (JsonException error)
        {
            throw DamagedModel.Error(path, $"{what}: what it has {(error.Path is { } place ? $"at {place} " : "")}is not what a model has there", error);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or ArithmeticException
            or NotSupportedException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw DamagedModel.Error(path, $"{what}: it holds values that are not those of a model", error);
        }
    }

    private static void ThrowIfNot(bool isAsDescribed, SafetensorsFile file, string name)
    {
        if (!isAsDescribed)
        {
            throw DamagedModel.Error(file.Path, $"{name} is not what the description says, or does not take what comes before it");
        }
    }
}
