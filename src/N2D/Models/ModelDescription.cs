using N2D.Data;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>What a fitted pipeline is, told by its file without reading any array of it. Immutable.</summary>
/// <remarks>The properties are a model's row in a table. Scores are those of the fit, on its own rows.</remarks>
public sealed class ModelDescription
{
    private readonly ModelDocument _document;

    internal ModelDescription(string? path, long? length, ModelDocument document)
    {
        Path = path;
        Length = length;
        _document = document;
    }

    /// <summary>The file; null of a model that is not one yet.</summary>
    public string? Path { get; }

    /// <summary>Its bytes; null of a model that is no file yet.</summary>
    public long? Length { get; }

    /// <summary>The name of the data set that it was fitted to.</summary>
    public string Dataset => _document.Data.Name;

    /// <summary>The rows that it was fitted to.</summary>
    public int RowCount => _document.Data.RowCount;

    /// <summary>The columns that rows must have.</summary>
    public int ColumnCount => _document.Data.Columns.Length;

    /// <summary>The shape that rows have as images, where those of the fit were images: of another one they are refused.</summary>
    public ImageShape? ImageShape => _document.Data.ImageShape;

    /// <summary>The stages that rows go through, such as <c>Autoencoder &gt; Umap</c>; <c>Raw</c> if there are none.</summary>
    public string Stages => _document.Stages.Length == 0 ? "Raw" : string.Join(" > ", _document.Stages.Select(stage => stage.Name));

    /// <summary>The columns that come out of the stages.</summary>
    public int Dimension => _document.Stages.Length == 0 ? ColumnCount : _document.Stages[^1].OutputDimension;

    /// <summary>The clusterer's name; null if there is none.</summary>
    public string? Method => _document.Clusterer?.Name;

    /// <summary>The number of clusters; null without a clusterer.</summary>
    public int? ClusterCount => _document.Clusterer?.OutputDimension;

    /// <summary>Clustering accuracy; null without labels.</summary>
    public double? Acc => _document.Scores?.Acc;

    /// <summary>Normalized mutual information; null without labels.</summary>
    public double? Nmi => _document.Scores?.Nmi;

    /// <summary>Adjusted Rand index; null without labels.</summary>
    public double? Ari => _document.Scores?.Ari;

    /// <summary>Mean silhouette; null where it is not defined.</summary>
    public double? Silhouette => _document.Scores?.Silhouette;

    /// <summary>Whether rows that are scored are told their novelty.</summary>
    public bool TellsNovelty => _document.Novelty is not null;

    /// <summary>Seconds of all fits together.</summary>
    public double Seconds => _document.Stages.Sum(stage => stage.Seconds) + (_document.Clusterer?.Seconds ?? 0);

    /// <summary>The accelerator that a stage was fitted on; <c>cpu</c> if none was.</summary>
    public string Device => _document.Stages.Select(stage => stage.Device).FirstOrDefault(device => device != "cpu") ?? "cpu";

    /// <summary>The settings of every stage and of the clusterer.</summary>
    public string Settings => string.Join(" > ", PartsOf(_document).Select(part => $"{part.Name}({part.Settings})"));

    /// <summary>The version of this software that wrote it.</summary>
    public string SoftwareVersion => _document.SoftwareVersion;

    /// <summary>The version of the file's format.</summary>
    public int FormatVersion => _document.FormatVersion;

    /// <summary>The names of the columns that rows must have.</summary>
    public IReadOnlyList<string> GetColumnNames() => Array.AsReadOnly(_document.Data.Columns);

    /// <summary>The columns that rows must have, to read no others of a table.</summary>
    public RequiredColumns GetRequiredColumns()
    {
        var data = _document.Data;
        var categories = data.Categories is null ? [] : data.Columns.Where((_, column) => data.Categories[column] is not null);
        return new RequiredColumns(data.Columns, categories.ToHashSet(StringComparer.Ordinal), data.Offsets ?? new double[data.Columns.Length]);
    }

    /// <summary>The name of the class that each cluster stands for, null for those that stand for none; null without labels.</summary>
    public IReadOnlyList<string?>? GetClassOfCluster() => _document.Scores?.ClassOfCluster?.AsReadOnly();

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset}: {Stages}{(Method is null ? "" : $" > {Method}")}";

    private static IEnumerable<PartDocument> PartsOf(ModelDocument document) => document.Clusterer is null ? document.Stages : document.Stages.Append(document.Clusterer);
}
