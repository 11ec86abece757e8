using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;

namespace N2D.Profiles;

/// <summary>How compact and separate a cluster is, in the clustered space.</summary>
/// <param name="Cohesion">The mean distance of the rows to the center; null without rows.</param>
/// <param name="Separation">The distance of the center to the nearest other center; null with a single cluster.</param>
/// <param name="Nearest">The cluster of that center; null with a single cluster.</param>
/// <param name="Silhouette">The mean silhouette; null if it is not defined.</param>
internal sealed record ClusterShape(double? Cohesion, double? Separation, int? Nearest, double? Silhouette)
{
    /// <summary>The shape of noise, which is no cluster.</summary>
    public static ClusterShape None { get; } = new(null, null, null, null);

    /// <summary>Measures each cluster.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static ClusterShape[] Of(ClusterResult result, Execution execution)
    {
        var rows = result.GetEmbedding().GetRows(execution);
        var centers = ClusterCenters.Of(rows, result.Assignments, result.ClusterCount, execution);
        var silhouettes = SilhouettesOf(result, execution);
        var shapes = new ClusterShape[result.ClusterCount];
        ParallelRows.For(result.ClusterCount, 1, execution, (start, end) =>
        {
            for (var cluster = start; cluster < end; cluster++)
            {
                var members = centers.RowsOf(cluster);
                var sum = 0.0;
                foreach (var row in members)
                {
                    sum += centers.DistanceTo(rows.Row(row), cluster);
                }

                var neighbor = centers.Neighbor(cluster);
                shapes[cluster] = new(
                    members.Count > 0 ? sum / members.Count : null,
                    neighbor?.Distance,
                    neighbor?.Cluster,
                    silhouettes.TryGetValue(cluster, out var silhouette) ? silhouette : null);
            }
        });
        return shapes;
    }

    private static Dictionary<int, double> SilhouettesOf(ClusterResult result, Execution execution)
    {
        var (values, means) = (result.ComputeSilhouettes(execution), new Dictionary<int, Moments>());
        for (var place = 0; place < values?.Values.Count; place++)
        {
            var cluster = values.Clusters[place];
            means[cluster] = means.GetValueOrDefault(cluster).With(values.Values[place]);
        }

        return means.ToDictionary(entry => entry.Key, entry => entry.Value.Mean);
    }
}
