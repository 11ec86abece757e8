using System.Text.Json.Serialization;
using N2D.Clustering;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>The JSON description of a pipeline in a model file: the stages and the required columns, without arrays.</summary>
/// <param name="FormatVersion">The version of the format.</param>
/// <param name="SoftwareVersion">The version of N2D that wrote the file.</param>
/// <param name="Data">The description of the training data.</param>
/// <param name="Stages">The stages in order.</param>
/// <param name="Clusterer">The clusterer; null if there is none.</param>
/// <param name="Scores">The scores of the fit; null without a clusterer.</param>
/// <param name="Novelty">The scale of the novelty; null if neither a stage nor the clusterer measures distances.</param>
/// <param name="ClusterNames">
/// The name of each cluster, null for those without one; null if no cluster has a name, and in files before version 4.
/// </param>
internal sealed record ModelDocument(
    int FormatVersion,
    string SoftwareVersion,
    DataDocument Data,
    PartDocument[] Stages,
    PartDocument? Clusterer,
    ScoreDocument? Scores,
    NoveltyScale? Novelty,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string?[]? ClusterNames = null)
{
    /// <summary>
    /// The latest version of the format. Files of a later version are rejected. In files of version 1, autoencoders have no training rows,
    /// and novelty is the reconstruction error. Files before version 3 have neither missing values nor categories, and those before version
    /// 4 no names of clusters.
    /// </summary>
    public const int CurrentFormat = 4;

    /// <summary>The version of files without names of clusters, so that earlier versions of N2D can read them.</summary>
    public const int UnnamedFormat = 3;

    /// <summary>The version of this N2D.</summary>
    public static string CurrentSoftware { get; } = typeof(ModelDocument).Assembly.GetName().Version!.ToString(3);

    /// <summary>Returns this description with times of 0.</summary>
    public ModelDocument WithoutTimes() => this with
    {
        Stages = Array.ConvertAll(Stages, stage => stage with { Seconds = 0 }),
        Clusterer = Clusterer is null ? null : Clusterer with { Seconds = 0 },
    };

    /// <summary>Rejects an inconsistent description.</summary>
    /// <param name="corrupt">Creates the error for a reason.</param>
    public void ThrowIfInconsistent(Func<string, N2DException> corrupt)
    {
        var parts = Clusterer is null ? Stages : [.. Stages, Clusterer];
        var reason = this switch
        {
            _ when FormatVersion < 1 => $"the format version {FormatVersion} does not exist",
            _ when Data.Inconsistency is { } inconsistency => inconsistency,
            _ when parts.Length == 0 => "it has no stages and no clusterer",
            _ when parts.Any(part => part is null || part.InputDimension < 1)
                || Stages.Any(stage => stage.OutputDimension < 1) => "a stage has no columns",
            _ when Data.IsGrouped != Stages.Any(stage => stage.Part == "GroupStandardizer") => "its groups do not fit its stages",
            _ when Clusterer?.OutputDimension < 0 => "its number of clusters is negative",
            _ when parts.Any(part => !double.IsFinite(part.Seconds)) => "the time of a stage is not a number",
            _ when Scores?.ClassOfCluster is { } classes && classes.Length != Clusterer?.OutputDimension =>
                "the number of matched classes is not that of the clusters",
            _ when ClusterNames is { } names && names.Length != Clusterer?.OutputDimension =>
                "the number of names of clusters is not that of the clusters",
            _ when Novelty is not null && !Novelty.Fits(Stages.Length, Clusterer is not null) =>
                "the scale of its novelty does not fit its stages",
            _ => null,
        };
        if (reason is not null)
        {
            throw corrupt(reason);
        }
    }
}

/// <summary>The description of the data that a pipeline was fitted to.</summary>
/// <param name="Name">The name of the data set.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Divisor">The number that values were divided by when they were read.</param>
/// <param name="ImageShape">The shape of the images; null if the rows are not images.</param>
/// <param name="ClassNames">The names of the classes; null without labels.</param>
/// <param name="Offsets">
/// The number that was subtracted from the values of each column; null for zero, and in files before version 3.
/// </param>
/// <param name="Categories">
/// The categories of each column of codes, null for other columns; null if there are none, and in files before version 3.
/// </param>
/// <param name="DropsMissing">Whether rows with missing values were dropped.</param>
/// <param name="IsGrouped">Whether the first column holds the groups within which the others are scaled.</param>
internal sealed record DataDocument(
    string Name,
    int RowCount,
    string[] Columns,
    float Divisor,
    ImageShape? ImageShape,
    string[]? ClassNames,
    double[]? Offsets = null,
    string[]?[]? Categories = null,
    bool DropsMissing = false,
    bool IsGrouped = false)
{
    /// <summary>Describes a data set.</summary>
    public static DataDocument Of(Dataset dataset) => new(
        dataset.Dataset,
        dataset.RowCount,
        [.. dataset.GetColumnNames()],
        dataset.Divisor,
        dataset.ImageShape,
        dataset.Labels is null ? null : [.. dataset.Labels.ClassNames],
        dataset.Raw.Offsets?.ToArray(),
        dataset.Raw.Categories?.Select(categories => categories?.ToArray()).ToArray(),
        dataset.DropsMissing,
        dataset.Raw.IsGrouped);

    /// <summary>The number of columns without the column of groups.</summary>
    public int FeatureCount => Columns.Length - (IsGrouped ? 1 : 0);

    /// <summary>Why the description is inconsistent; null if it is consistent.</summary>
    public string? Inconsistency => this switch
    {
        _ when RowCount < 1 || Columns.Length < 1 => "the training data has no rows or no columns",
        _ when Columns.Any(name => name is null) || ClassNames?.Any(name => name is null) == true => "a column or a class has no name",
        _ when !float.IsFinite(Divisor) => "the divisor of its rows is not a number",
        _ when Offsets is not null && (Offsets.Length != Columns.Length || !Offsets.All(double.IsFinite)) =>
            "the offsets do not fit its columns",
        _ when Categories is not null && Categories.Length != Columns.Length => "the categories do not fit its columns",
        _ when IsGrouped && (Columns.Length < 2 || Categories is not [{ Length: > 0 }, ..]) => "it has no groups",
        _ when Categories?.Any(ofColumn => ofColumn?.Any(name => name is null) == true) == true => "the categories do not fit its columns",
        _ => null,
    };
}

/// <summary>The description of a stage or clusterer.</summary>
/// <param name="Part">The name in <see cref="ModelParts"/>.</param>
/// <param name="Name">The name in results.</param>
/// <param name="Role">The role of a stage; null for a clusterer.</param>
/// <param name="InputDimension">The number of input columns.</param>
/// <param name="OutputDimension">The number of output columns, or of clusters.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Seconds">Seconds of the fit.</param>
/// <param name="Device">The device of the fit.</param>
/// <param name="Settings">The settings.</param>
internal sealed record PartDocument(
    string Part, string Name, StageRole? Role, int InputDimension, int OutputDimension, int Seed, double Seconds, string Device,
    string Settings)
{
    /// <summary>Describes a stage.</summary>
    public static PartDocument Of(FittedStage stage) => new(
        ModelParts.Of(stage).Name, stage.Name, stage.Role, stage.InputDimension, stage.OutputDimension, stage.Seed, stage.Seconds,
        stage.Device, stage.Settings);

    /// <summary>Describes a clusterer.</summary>
    public static PartDocument Of(FittedClusterer clusterer) => new(
        ModelParts.Of(clusterer).Name, clusterer.Name, null, clusterer.Dimension, clusterer.ClusterCount, clusterer.Seed, clusterer.Seconds,
        clusterer.Device, clusterer.Settings);
}

/// <summary>The scores of a fit on its training rows.</summary>
/// <param name="Acc">Clustering accuracy.</param>
/// <param name="Nmi">Normalized mutual information.</param>
/// <param name="Ari">Adjusted Rand index.</param>
/// <param name="Silhouette">Mean silhouette.</param>
/// <param name="LogLikelihood">Mean log-likelihood of a row.</param>
/// <param name="Stability">The adjusted Rand index with the clusters of other seeds.</param>
/// <param name="ClassOfCluster">
/// The name of the class that each cluster is matched with, null for unmatched clusters; null without labels.
/// </param>
internal sealed record ScoreDocument(
    double? Acc, double? Nmi, double? Ari, double? Silhouette, double? LogLikelihood, double? Stability, string?[]? ClassOfCluster)
{
    /// <summary>Computes the scores of a clusterer on its training rows that require no labels.</summary>
    public static ScoreDocument Of(FittedClusterer clusterer, Matrix rows, Execution execution)
    {
        var prediction = clusterer.Predict(rows, execution);
        var silhouette = Metrics.Silhouette.Compute(rows, prediction.Assignments, clusterer.Seed, execution, ClusterPrediction.Noise);
        return new(null, null, null, silhouette, prediction.LogLikelihood, null, null);
    }

    /// <summary>Returns the scores of a result.</summary>
    public static ScoreDocument Of(ClusterResult result)
    {
        var (mapping, labels) = (result.GetClassMapping(), result.GetEmbedding().GetLabels());
        string?[]? classes = mapping is null
            ? null
            : [.. Enumerable.Range(
                0, result.ClusterCount).Select(cluster => mapping.TryGetValue(cluster, out var code) ? labels!.ClassNames[code] : null)];
        return new(result.Acc, result.Nmi, result.Ari, result.Silhouette, result.LogLikelihood, result.Stability, classes);
    }
}
