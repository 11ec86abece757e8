using N2D.Data;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>The description of a fitted pipeline, which is read from a file without its arrays. Immutable.</summary>
/// <remarks>The properties are the columns of a table of models. The scores are those of the fit, on the training rows.</remarks>
public sealed class ModelDescription
{
    private readonly ModelDocument _document;

    internal ModelDescription(string? path, long? length, ModelDocument document)
    {
        Path = path;
        Length = length;
        _document = document;
    }

    /// <summary>The path of the file; null if the model is not saved.</summary>
    public string? Path { get; }

    /// <summary>The size of the file, in bytes; null if the model is not saved.</summary>
    public long? Length { get; }

    /// <summary>The name of the training data set.</summary>
    public string Dataset => _document.Data.Name;

    /// <summary>The number of training rows.</summary>
    public int RowCount => _document.Data.RowCount;

    /// <summary>The number of columns that are clustered. The column of groups is required, too, but not counted.</summary>
    public int ColumnCount => _document.Data.FeatureCount;

    /// <summary>The column of groups. The other columns are scaled within each group. Null without groups.</summary>
    public string? StandardizeBy => _document.Data.IsGrouped ? _document.Data.Columns[0] : null;

    /// <summary>The required shape of images; null if the training rows were not images.</summary>
    public ImageShape? ImageShape => _document.Data.ImageShape;

    /// <summary>The stages before the clusterer, such as <c>Autoencoder &gt; Umap</c>; <c>Raw</c> if there are none.</summary>
    public string Stages => _document.Stages.Length == 0 ? "Raw" : string.Join(" > ", _document.Stages.Select(stage => stage.Name));

    /// <summary>The number of columns of the stages' output.</summary>
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

    /// <summary>Mean silhouette; null if it is not defined.</summary>
    public double? Silhouette => _document.Scores?.Silhouette;

    /// <summary>Whether the model measures the novelty of rows.</summary>
    public bool TellsNovelty => _document.Novelty is not null;

    /// <summary>Total seconds of all fits.</summary>
    public double Seconds => _document.Stages.Sum(stage => stage.Seconds) + (_document.Clusterer?.Seconds ?? 0);

    /// <summary>The accelerator that a stage was fitted on; <c>cpu</c> if no stage used one.</summary>
    public string Device => _document.Stages.Select(stage => stage.Device).FirstOrDefault(device => device != "cpu") ?? "cpu";

    /// <summary>The settings of all stages and of the clusterer.</summary>
    public string Settings => string.Join(" > ", PartsOf(_document).Select(part => $"{part.Name}({part.Settings})"));

    /// <summary>The version of N2D that wrote the model.</summary>
    public string SoftwareVersion => _document.SoftwareVersion;

    /// <summary>The version of the file format.</summary>
    public int FormatVersion => _document.FormatVersion;

    /// <summary>Returns the names of the required columns, including that of groups.</summary>
    public IReadOnlyList<string> GetColumnNames() => Array.AsReadOnly(_document.Data.Columns);

    /// <summary>Returns the required columns, so that a reader can skip the others.</summary>
    public RequiredColumns GetRequiredColumns()
    {
        var data = _document.Data;
        var categories = data.Columns.Where((_, column) =>
            data.Categories?[column] is not null && !(data.IsGrouped && column == 0));
        return new RequiredColumns(
            data.Columns, categories.ToHashSet(StringComparer.Ordinal), data.Offsets ?? new double[data.Columns.Length])
        { Group = StandardizeBy };
    }

    /// <summary>
    /// Returns the name of the class that each cluster is matched with, null for unmatched clusters; null without labels.
    /// </summary>
    public IReadOnlyList<string?>? GetClassOfCluster() => _document.Scores?.ClassOfCluster?.AsReadOnly();

    /// <summary>Returns the name of each cluster, null for those without one; null if no cluster has a name.</summary>
    public IReadOnlyList<string?>? GetClusterNames() => _document.ClusterNames?.AsReadOnly();

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset}: {Stages}{(Method is null ? "" : $" > {Method}")}";

    private static IEnumerable<PartDocument> PartsOf(ModelDocument document) => document.Clusterer is null
        ? document.Stages
        : document.Stages.Append(document.Clusterer);
}
