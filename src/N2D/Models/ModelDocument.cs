using N2D.Clustering;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>What a model file tells of its pipeline in JSON: enough to know what it is and what rows fit it, without an array.</summary>
/// <param name="FormatVersion">The version of the format.</param>
/// <param name="SoftwareVersion">The version of this software that wrote it.</param>
/// <param name="Data">The rows that it was fitted to.</param>
/// <param name="Stages">The stages in order.</param>
/// <param name="Clusterer">The clusterer; null if there is none.</param>
/// <param name="Scores">How the fit came out; null without a clusterer.</param>
/// <param name="Novelty">What rows' novelty is measured by; null if neither stage nor clusterer can tell of any.</param>
internal sealed record ModelDocument(
    int FormatVersion,
    string SoftwareVersion,
    DataDocument Data,
    PartDocument[] Stages,
    PartDocument? Clusterer,
    ScoreDocument? Scores,
    NoveltyScale? Novelty)
{
    /// <summary>
    /// The version of the format that is written here. Files of a later version are refused. In files of version 1, an autoencoder keeps no rows of its fit, and
    /// novelty is measured by the error of its reconstruction. Files before version 3 know neither missing values nor categories.
    /// </summary>
    public const int CurrentFormat = 3;

    /// <summary>This software's version.</summary>
    public static string CurrentSoftware { get; } = typeof(ModelDocument).Assembly.GetName().Version!.ToString(3);

    /// <summary>Refuses a description of a pipeline that cannot be.</summary>
    /// <param name="corrupt">Makes the error of a reason.</param>
    public void ThrowIfInconsistent(Func<string, N2DException> corrupt)
    {
        var parts = Clusterer is null ? Stages : [.. Stages, Clusterer];
        var reason = this switch
        {
            _ when FormatVersion < 1 => $"there is no version {FormatVersion} of the format",
            _ when Data.Inconsistency is { } inconsistency => inconsistency,
            _ when parts.Length == 0 => "it has no stages and no clusterer",
            _ when parts.Any(part => part is null || part.InputDimension < 1) || Stages.Any(stage => stage.OutputDimension < 1) => "a stage has no columns",
            _ when Clusterer?.OutputDimension < 0 => "it has fewer than no clusters",
            _ when parts.Any(part => !double.IsFinite(part.Seconds)) => "a stage took what is no time",
            _ when Scores?.ClassOfCluster is { } classes && classes.Length != Clusterer?.OutputDimension => "its clusters are not those that its classes are told of",
            _ when Novelty is not null && !Novelty.Fits(Stages.Length, Clusterer is not null) => "what it measures novelty by is not of its stages",
            _ => null,
        };
        if (reason is not null)
        {
            throw corrupt(reason);
        }
    }
}

/// <summary>The rows that a pipeline was fitted to.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="RowCount">How many there were.</param>
/// <param name="Columns">The names of their columns.</param>
/// <param name="Divisor">What the values of the file were divided by when they were read.</param>
/// <param name="ImageShape">The shape of the images that they hold; null if they hold none.</param>
/// <param name="ClassNames">The names of their classes; null if they had no labels.</param>
/// <param name="Offsets">What the values of each column are less than the numbers in the source; null if nothing, and in files before version 3.</param>
/// <param name="Categories">The categories of each column that holds codes; null of others, null if there are none, and in files before version 3.</param>
/// <param name="DropsMissing">Whether rows with missing values were left out.</param>
internal sealed record DataDocument(
    string Name,
    int RowCount,
    string[] Columns,
    float Divisor,
    ImageShape? ImageShape,
    string[]? ClassNames,
    double[]? Offsets = null,
    string[]?[]? Categories = null,
    bool DropsMissing = false)
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
        dataset.DropsMissing);

    /// <summary>Why the description cannot be; null if it can.</summary>
    public string? Inconsistency => this switch
    {
        _ when RowCount < 1 || Columns.Length < 1 => "it was fitted to no rows, or to rows of no columns",
        _ when Columns.Any(name => name is null) || ClassNames?.Any(name => name is null) == true => "a column or a class has no name",
        _ when !float.IsFinite(Divisor) => "its rows were divided by what is no number",
        _ when Offsets is not null && (Offsets.Length != Columns.Length || !Offsets.All(double.IsFinite)) => "the offsets of its columns are not theirs",
        _ when Categories is not null && (Categories.Length != Columns.Length || Categories.Any(ofColumn => ofColumn?.Any(name => name is null) == true)) => "the categories of its columns are not theirs",
        _ => null,
    };
}

/// <summary>A stage or clusterer.</summary>
/// <param name="Part">Its name in <see cref="ModelParts"/>.</param>
/// <param name="Name">Its name in results.</param>
/// <param name="Role">What part a stage plays; null of a clusterer.</param>
/// <param name="InputDimension">The columns that go in.</param>
/// <param name="OutputDimension">The columns that come out, or the number of clusters.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Seconds">What its fit took.</param>
/// <param name="Device">Where it was fitted.</param>
/// <param name="Settings">What was asked of it.</param>
internal sealed record PartDocument(
    string Part, string Name, StageRole? Role, int InputDimension, int OutputDimension, int Seed, double Seconds, string Device, string Settings)
{
    /// <summary>Describes a stage.</summary>
    public static PartDocument Of(FittedStage stage) => new(
        ModelParts.Of(stage).Name, stage.Name, stage.Role, stage.InputDimension, stage.OutputDimension, stage.Seed, stage.Seconds, stage.Device, stage.Settings);

    /// <summary>Describes a clusterer.</summary>
    public static PartDocument Of(FittedClusterer clusterer) => new(
        ModelParts.Of(clusterer).Name, clusterer.Name, null, clusterer.Dimension, clusterer.ClusterCount, clusterer.Seed, clusterer.Seconds, "cpu", clusterer.Settings);
}

/// <summary>How a fit came out on its own rows.</summary>
/// <param name="Acc">Clustering accuracy.</param>
/// <param name="Nmi">Normalized mutual information.</param>
/// <param name="Ari">Adjusted Rand index.</param>
/// <param name="Silhouette">Mean silhouette.</param>
/// <param name="LogLikelihood">Mean log-likelihood of a row.</param>
/// <param name="Stability">Agreement with another seed's clusters.</param>
/// <param name="ClassOfCluster">The name of the class that each cluster stands for, null for those that stand for none; null without labels.</param>
internal sealed record ScoreDocument(
    double? Acc, double? Nmi, double? Ari, double? Silhouette, double? LogLikelihood, double? Stability, string?[]? ClassOfCluster)
{
    /// <summary>The scores of a clusterer on its own rows that need no labels.</summary>
    public static ScoreDocument Of(FittedClusterer clusterer, Matrix rows, Execution execution)
    {
        var prediction = clusterer.Predict(rows, execution);
        var silhouette = Metrics.Silhouette.Compute(rows, prediction.Assignments, clusterer.Seed, execution, ClusterPrediction.Noise);
        return new(null, null, null, silhouette, prediction.LogLikelihood, null, null);
    }

    /// <summary>The scores of a result.</summary>
    public static ScoreDocument Of(ClusterResult result)
    {
        var (mapping, labels) = (result.GetClassMapping(), result.GetEmbedding().GetLabels());
        string?[]? classes = mapping is null
            ? null
            : [.. Enumerable.Range(0, result.ClusterCount).Select(cluster => mapping.TryGetValue(cluster, out var code) ? labels!.ClassNames[code] : null)];
        return new(result.Acc, result.Nmi, result.Ari, result.Silhouette, result.LogLikelihood, result.Stability, classes);
    }
}
