using System.Globalization;
using System.Text.Json;
using N2D.Models;

namespace N2D.Studies;

/// <summary>A summary of a model that was applied to a file or to a part of it. Immutable.</summary>
/// <param name="Shard">The name of the file; null for the total of several.</param>
/// <param name="FirstRow">The index of the first row in the file.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="ClusterSizes">The number of rows in each cluster, in the order of the clusters, separated by blanks.</param>
/// <param name="NoiseCount">The number of rows in no cluster.</param>
/// <param name="Probability">The mean probability of the rows' clusters, 0 to 1.</param>
/// <param name="Novelty">The mean novelty of the rows.</param>
/// <param name="UnusualShare">
/// The share of rows whose novelty is above 1, 0 to 1. About 0.01 if the rows resemble the training rows.
/// </param>
public sealed record ShardScore(
    string? Shard,
    long FirstRow,
    long RowCount,
    string ClusterSizes,
    long NoiseCount,
    double Probability,
    double? Novelty,
    double? UnusualShare)
{
    /// <summary>Summarizes a result.</summary>
    /// <param name="shard">The name of the file.</param>
    /// <param name="result">The result of the model.</param>
    /// <param name="firstRow">The index of the first row in the file.</param>
    public static ShardScore Of(string shard, ClusterResult result, long firstRow)
    {
        ArgumentNullException.ThrowIfNull(result);
        var sizes = new long[result.ClusterCount];
        var (count, noise, unusual, known) = (0L, 0L, 0L, 0L);
        var (probability, novelty) = (0.0, 0.0);
        foreach (var row in result.EnumerateAssignments())
        {
            count++;
            probability += row.Probability ?? 0;
            if (row.Cluster is { } cluster and >= 0)
            {
                sizes[cluster]++;
            }
            else
            {
                noise++;
            }

            if (row.Novelty is { } distance)
            {
                known++;
                novelty += distance;
                unusual += distance > 1 ? 1 : 0;
            }
        }

        return new ShardScore(
            shard,
            firstRow,
            count,
            string.Join(' ', sizes),
            noise,
            probability / count,
            known == 0 ? null : novelty / known,
            known == 0 ? null : (double)unusual / known);
    }

    /// <summary>Returns the summary in the result of a task that applies a model.</summary>
    /// <param name="result">The result.</param>
    public static ShardScore Of(TaskResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Rows[0].Deserialize<ShardScore>()!;
    }

    /// <summary>Returns the total of summaries. Means and shares are weighted by rows.</summary>
    /// <param name="parts">The summaries, of one model.</param>
    public static ShardScore TotalOf(IReadOnlyList<ShardScore> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var count = parts.Sum(part => part.RowCount);
        var sizes = parts.Select(SizesOf).ToArray();
        return new ShardScore(
            null,
            0,
            count,
            string.Join(' ', Enumerable.Range(0, sizes[0].Length).Select(cluster => sizes.Sum(part => part[cluster]))),
            parts.Sum(part => part.NoiseCount),
            parts.Sum(part => part.RowCount * part.Probability) / count,
            parts.Any(part => part.Novelty is null) ? null : parts.Sum(part => part.RowCount * part.Novelty) / count,
            parts.Any(part => part.UnusualShare is null) ? null : parts.Sum(part => part.RowCount * part.UnusualShare) / count);
    }

    private static long[] SizesOf(ShardScore part) =>
    [
        .. part.ClusterSizes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => long.Parse(text, CultureInfo.InvariantCulture)),
    ];
}
