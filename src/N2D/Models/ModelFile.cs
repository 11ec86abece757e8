using System.Text.Json;
using N2D.Clustering;
using N2D.Pipeline;
using N2D.Serialization;

namespace N2D.Models;

/// <summary>
/// Reads and writes model files: safetensors files with a JSON description of the pipeline in the metadata, a JSON text for each stage and
/// the clusterer, and their arrays. Reading a file never runs code from it.
/// </summary>
internal static class ModelFile
{
    private const string FormatName = "format";
    private const string Format = "n2d-model";
    private const string DescriptionName = "description";
    private const string ClustererName = "clusterer";

    /// <summary>Writes a pipeline.</summary>
    /// <param name="path">Full path; an existing file is replaced.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="execution">Threads, progress and cancellation of indexes that are built for the file.</param>
    /// <param name="hasTimes">Whether to write the times of the fit; otherwise they are 0.</param>
    /// <exception cref="N2DException">
    /// The file cannot be written (<c>FileNotWritten</c>), or a stage cannot be saved (<c>NotSavable</c>).
    /// </exception>
    public static void Write(string path, FittedPipeline pipeline, Execution execution, bool hasTimes)
    {
        var document = hasTimes ? pipeline.Document : pipeline.Document.WithoutTimes();
        var metadata = new Dictionary<string, string> { [FormatName] = Format, [DescriptionName] = ModelJson.Write(document) };
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
            var part = new ModelPartWriter(name, execution, hasTimes);
            ModelParts.Of(fitted).Write(fitted, part);
            metadata[name] = part.Json;
            arrays.AddRange(part.Arrays);
        }
    }

    /// <summary>Reads the description of a pipeline, without its arrays.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">
    /// The file does not exist (<c>FileNotFound</c>), cannot be read (<c>ReadFailed</c>, <c>AccessDenied</c>), is damaged
    /// (<c>CorruptSafetensors</c>, <c>CorruptModel</c>), is not a model (<c>NotAModel</c>), or has a later format (<c>ModelTooNew</c>).
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

        var clusterer = document.Clusterer is null
            ? null
            : ReadPart<FittedClusterer>(file, ClustererName, document.Clusterer, document.FormatVersion);
        ThrowIfNot(
            clusterer is null || (PartDocument.Of(clusterer) == document.Clusterer && clusterer.Dimension == dimension),
            file,
            ClustererName);
        return new FittedPipeline(document, stages, clusterer);
    }

    private static string NameOf(int stage) => $"stage{stage}";

    private static ModelDocument DocumentOf(SafetensorsFile file)
    {
        if (file.Metadata.GetValueOrDefault(FormatName) != Format || !file.Metadata.TryGetValue(DescriptionName, out var json))
        {
            throw new N2DException(
                "NotAModel", ErrorKind.InvalidData, $"'{file.Path}' is a safetensors file, but not an N2D model.", file.Path);
        }

        return Guard(file.Path, "its description", () =>
        {
            ThrowIfTooNew(file.Path, json);
            var document = ModelJson.Read<ModelDocument>(json);
            document.ThrowIfInconsistent(reason => DamagedModel.Error(file.Path, reason));
            return document;
        });
    }

    /// <summary>Checks the version first, because a later format may not be readable at all.</summary>
    private static void ThrowIfTooNew(string path, string json)
    {
        using var document = JsonDocument.Parse(json);
        var version = document.RootElement.GetProperty("formatVersion").GetInt32();
        if (version > ModelDocument.CurrentFormat)
        {
            throw new N2DException(
                "ModelTooNew",
                ErrorKind.InvalidData,
                $"'{path}' has format version {version}, but N2D {ModelDocument.CurrentSoftware} reads versions up to "
                    + $"{ModelDocument.CurrentFormat}. Update N2D.",
                path);
        }
    }

    private static T ReadPart<T>(SafetensorsFile file, string name, PartDocument document, int formatVersion)
        where T : class => Guard(file.Path, name, () =>
    {
        var part = ModelParts.Find(document.Part) ?? throw new N2DException(
            "ModelTooNew",
            ErrorKind.InvalidData,
            $"'{file.Path}' has a stage '{document.Part}', which N2D {ModelDocument.CurrentSoftware} does not support. Update N2D.",
            file.Path);
        return part.Read(new ModelPartReader(file, name, document.Seconds, document.Device, formatVersion)) as T
            ?? throw DamagedModel.Error(file.Path, $"{name} cannot be of type {document.Part}");
    });

    /// <summary>Reports values that a type rejects as the error of a damaged file.</summary>
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
            var place = error.Path is null ? "" : $" at {error.Path}";
            throw DamagedModel.Error(path, $"{what}: the value{place} is not that of a model", error);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or ArithmeticException
            or NotSupportedException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw DamagedModel.Error(path, $"{what}: it has values that are not those of a model", error);
        }
    }

    private static void ThrowIfNot(bool isAsDescribed, SafetensorsFile file, string name)
    {
        if (!isAsDescribed)
        {
            throw DamagedModel.Error(file.Path, $"{name} does not match its description, or the output of the stage before it");
        }
    }
}
