using N2D.Models;

namespace N2D.Reports;

/// <summary>A stage or a clusterer with its settings.</summary>
/// <param name="Name">Its name, such as <c>Umap</c>.</param>
/// <param name="Settings">The settings, such as <c>NeighborCount=20</c>.</param>
internal sealed record StageSetting(string Name, IReadOnlyList<string> Settings)
{
    /// <summary>Returns the stages of a clustering in order, and its clusterer.</summary>
    /// <param name="result">The clustering.</param>
    public static IReadOnlyList<StageSetting> Of(ClusterResult result) =>
    [
        .. result.GetEmbedding().GetStages().Select(stage => Of(stage.Name, stage.Settings)),
        Of(result.Method, result.GetClusterer().Settings),
    ];

    private static StageSetting Of(string name, string settings) =>
        new(name, settings.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
