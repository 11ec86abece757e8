using N2D.Clustering;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// Two UMAP layouts of the same rows with different seeds, each clustered. What both have in common does not depend on the seed.
/// </summary>
internal sealed class LayoutPair
{
    private LayoutPair(Embedding layout, FittedClusterer clusterer, int[] clusters, int[] others, CancellationToken token)
    {
        (Layout, Clusterer, Clusters) = (layout, clusterer, clusters);
        Agreed = AgreedOf(clusters, others, token);
        AgreedShare = ShareOf(Agreed);
    }

    /// <summary>The first layout.</summary>
    public Embedding Layout { get; }

    /// <summary>The clusterer of the first layout.</summary>
    public FittedClusterer Clusterer { get; }

    /// <summary>The clusters of the first layout.</summary>
    public int[] Clusters { get; }

    /// <summary>The clusters on which both layouts agree; -1 for the other rows.</summary>
    public int[] Agreed { get; }

    /// <summary>The share of rows on which both layouts agree, 0 to 1.</summary>
    public double AgreedShare { get; }

    /// <summary>Lays out and clusters rows twice.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="umap">The options of the layouts; the second one has the next seed.</param>
    /// <param name="clusterer">The options of the clusterer; the second one has the next seed.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static LayoutPair Of(Embedding rows, UmapOptions umap, ClustererOptions clusterer, Execution execution)
    {
        var layout = N2DPipeline.LayOut(rows, umap, execution.Part(0, 0.4));
        var fitted = clusterer.Fit(layout, execution.Part(0.4, 0.5));
        return With(rows, layout, fitted, umap, clusterer, execution.Part(0.5, 1));
    }

    /// <summary>Adds a second layout to the first one.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="layout">Their first layout.</param>
    /// <param name="fitted">The clusterer of the first layout.</param>
    /// <param name="umap">The options of the first layout; the second one has the next seed.</param>
    /// <param name="clusterer">The options of the clusterer; the second one has the next seed.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static LayoutPair With(
        Embedding rows, Embedding layout, FittedClusterer fitted, UmapOptions umap, ClustererOptions clusterer, Execution execution)
    {
        var silent = execution with { Warn = null };
        var second = N2DPipeline.LayOut(rows, umap with { Seed = PipelineStability.Next(umap.Seed) }, silent.Part(0, 0.8));
        var other = (clusterer with { Seed = PipelineStability.Next(clusterer.Seed) }).Fit(second, silent.Part(0.8, 0.96));
        return new LayoutPair(
            layout, fitted, ClustersOf(layout, fitted, execution.Part(0.96, 0.98)), ClustersOf(second, other, execution.Part(0.98, 1)),
            execution.CancellationToken);
    }

    /// <summary>The clusters on which two clusterings of the same rows agree; -1 for the other rows.</summary>
    /// <param name="clusters">The clusters of the rows.</param>
    /// <param name="others">Other clusters of the same rows, numbered in any way.</param>
    /// <param name="token">Cancels the work: thousands of clusters take a while.</param>
    public static int[] AgreedOf(int[] clusters, int[] others, CancellationToken token)
    {
        var aligned = Align(others, clusters, token);
        return [.. clusters.Select((cluster, row) => cluster == aligned[row] ? cluster : ClusterPrediction.Noise)];
    }

    /// <summary>The share of rows on which two clusterings agree (<see cref="AgreedOf"/>), 0 to 1.</summary>
    public static double ShareOf(int[] agreed) => (double)agreed.Count(cluster => cluster != ClusterPrediction.Noise) / agreed.Length;

    /// <summary>Renumbers clusters to match others as well as possible. Clusters without a match become noise.</summary>
    /// <param name="clusters">The clusters to renumber.</param>
    /// <param name="others">The clusters to match.</param>
    /// <param name="token">Cancels the work: thousands of clusters take a while.</param>
    public static int[] Align(int[] clusters, int[] others, CancellationToken token)
    {
        var table = new ContingencyTable(clusters, others);
        var matching = ClusterMatching.Of(table, ClusterPrediction.Noise, ClusterPrediction.Noise, token);
        var otherOf = new Dictionary<int, int>();
        for (var line = 0; line < table.Classes.Length; line++)
        {
            otherOf.Add(table.Classes[line], matching[line] < 0 ? ClusterPrediction.Noise : table.Clusters[matching[line]]);
        }

        return Array.ConvertAll(clusters, cluster => otherOf[cluster]);
    }

    private static int[] ClustersOf(Embedding layout, FittedClusterer clusterer, Execution execution) =>
        clusterer.Predict(layout.GetRows(execution), execution).Assignments.ToArray();
}
