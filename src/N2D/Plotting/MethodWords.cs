using N2D.Models;
using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>Describes the stages of a pipeline in words, for titles and axes.</summary>
internal static class MethodWords
{
    /// <summary>Describes a clustering, such as <c>10 clusters by a Gaussian mixture on UMAP of an autoencoder's codes</c>.</summary>
    /// <param name="result">The clustering.</param>
    public static string Of(ClusterResult result) =>
        $"{Quantity.Of(result.ClusterCount, "cluster")} by {ClustererOf(result.Method)} on {Of(result.GetEmbedding())}";

    /// <summary>Describes what the rows of an embedding are, such as <c>UMAP of z-scores</c>.</summary>
    /// <param name="embedding">The embedding.</param>
    public static string Of(Embedding embedding)
    {
        // The last stage comes first: each one is "of" the output of the previous one.
        string[] stages = [.. embedding.GetStages().Reverse().Select(stage => OutputOf(stage.Name)).OfType<string>()];
        return string.Join(" of ", stages.Length > 0 && !IsLearnedFromRaw(embedding) ? stages : stages.Append("the raw data"));
    }

    /// <summary>Names a dimension of an embedding, such as <c>UMAP 1</c>: by the stage that computed it.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="dimension">The dimension, from 0.</param>
    public static string AxisOf(Embedding embedding, int dimension)
    {
        var number = dimension + 1;
        var stages = embedding.GetStages();
        return stages.LastOrDefault(stage => stage.Role is not StageRole.Scaling) is { } stage
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DimensionOf(stage.Name)} {number}")
            : stages.Count == 0 ? embedding.GetColumnNames()![dimension]
            : $"{embedding.GetColumnNames()![dimension]} ({OutputOf(stages[^1].Name)})";
    }

    /// <summary>Whether the first stage in the words is a manifold learner, which does not say what it was given.</summary>
    private static bool IsLearnedFromRaw(Embedding embedding) =>
        embedding.GetStages().FirstOrDefault(stage => OutputOf(stage.Name) is not null) is { Role: StageRole.Manifold };

    /// <summary>The name of the dimensions that a stage computes.</summary>
    private static string DimensionOf(string stage) => stage switch
    {
        "Umap" => "UMAP",
        "SupervisedUmap" => "Supervised UMAP",
        "Tsne" => "t-SNE",
        "Isomap" => "Isomap",
        "LocallyLinearEmbedding" => "LLE",
        "ModifiedLocallyLinearEmbedding" => "Modified LLE",
        "Pca" => "Principal component",
        "Autoencoder" => "Code",
        "ClassifierFeatures" => "Feature",
        _ => stage,
    };

    /// <summary>What a stage makes of its input; null if that is the same data in another form.</summary>
    private static string? OutputOf(string stage) => stage switch
    {
        "Pca" => "principal components",
        "Autoencoder" => "an autoencoder's codes",
        "ClassifierFeatures" => "a classifier's features",
        "LocallyLinearEmbedding" => "locally linear embedding",
        "ModifiedLocallyLinearEmbedding" => "modified locally linear embedding",
        "SupervisedUmap" => "supervised UMAP",
        "ZScore" => "z-scores",
        "MinMax" => "columns scaled to 0 to 1",
        "ZScoreByGroup" => "z-scores by group",
        "MinMaxByGroup" => "columns scaled to 0 to 1 by group",
        "Imputer" or "OneHot" => null,
        _ => DimensionOf(stage),
    };

    private static string ClustererOf(string method) => method switch
    {
        "GaussianMixture" => "a Gaussian mixture",
        "KMeans" => "k-means",
        "Spectral" => "spectral clustering",
        "Hdbscan" => "HDBSCAN",
        "Agglomerative" => "agglomerative clustering",
        _ => method,
    };
}
