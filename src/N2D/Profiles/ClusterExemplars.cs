using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Profiles;

/// <summary>Chooses rows that show what clusters are like. Plots of exemplars show the same central rows.</summary>
public static class ClusterExemplars
{
    /// <summary>Chooses the exemplars of each cluster. Noise has none.</summary>
    /// <param name="result">The clustering, of a fit or of an applied model.</param>
    /// <param name="options">Which rows, and how many.</param>
    /// <param name="execution">Threads, progress of the pass over the columns, and cancellation.</param>
    /// <returns>
    /// The exemplars by cluster, kind and rank. A central row is not a boundary row as well, so clusters with few rows have no boundary.
    /// </returns>
    public static IReadOnlyList<Exemplar> Of(ClusterResult result, ExemplarOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        var rows = result.GetEmbedding().GetRows(execution);
        var count = result.ClusterCount;
        var centers = ClusterCenters.Of(rows, result.Assignments, count, execution);
        var central = Exemplars.Find(rows, centers, options.Count, execution);
        var boundary = options.Kinds.Contains(ExemplarKind.Boundary)
            ? Exemplars.FindBoundary(rows, centers, 2 * options.Count, execution)
            : new int[count][];
        var columns = options.RanksColumns
            ? ClusterProfiles.RankColumns(result, execution)
            : Enumerable.Repeat(Array.Empty<string>(), count).ToArray();
        var description = new RowDescription(result, rows, centers, columns);
        var exemplars = new List<Exemplar>();
        for (var cluster = 0; cluster < count; cluster++)
        {
            if (options.Kinds.Contains(ExemplarKind.Central))
            {
                exemplars.AddRange(central[cluster].Select((row, place) => description.Of(row, ExemplarKind.Central, place + 1)));
            }

            if (options.Kinds.Contains(ExemplarKind.Boundary))
            {
                exemplars.AddRange(boundary[cluster].Except(central[cluster]).Take(options.Count)
                    .Select((row, place) => description.Of(row, ExemplarKind.Boundary, place + 1)));
            }
        }

        return exemplars;
    }

    private sealed class RowDescription(ClusterResult result, Matrix rows, ClusterCenters centers, string[][] columns)
    {
        private readonly Embedding _embedding = result.GetEmbedding();

        public Exemplar Of(int row, ExemplarKind kind, int rank)
        {
            var cluster = result.Assignments[row];
            var nearest = centers.NearestOther(rows.Row(row), cluster);
            return new Exemplar
            {
                Cluster = cluster,
                ClusterName = result.Names[cluster],
                Kind = kind,
                Rank = rank,
                Index = _embedding.PlaceOf(row),
                Id = _embedding.GetIds()?[row],
                Label = _embedding.GetLabels()?[row],
                Probability = result.ProbabilityOf(row),
                Distance = centers.DistanceTo(rows.Row(row), cluster),
                NearestCluster = nearest?.Cluster,
                NearestDistance = nearest?.Distance,
                Row = row,
                Columns = columns[cluster],
            };
        }
    }
}
