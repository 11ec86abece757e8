using N2D.Studies;
using N2D.Tests.Models;

namespace N2D.Tests.Studies;

public sealed class ShardScoreTests
{
    [Fact]
    public void ATotal_IsThatOfAllRows()
    {
        var parts = new[]
        {
            new ShardScore("a", 0, 30, "10 15", 5, 0.9, 0.5, 0.1),
            new ShardScore("a", 30, 10, "0 10", 0, 0.5, 1.5, 0.5),
        };

        Assert.Equal(new ShardScore(null, 0, 40, "10 25", 5, 0.8, 0.75, 0.2), ShardScore.TotalOf(parts));
        Assert.Null(ShardScore.TotalOf([.. parts, parts[0] with { Novelty = null, UnusualShare = null }]).Novelty);
    }

    [Fact]
    public void AModelWithoutClusters_HasATotal()
    {
        var noise = new ShardScore("a", 0, 3, "", 3, 0, null, null);
        Assert.Equal(noise with { Shard = null, RowCount = 6, NoiseCount = 6 }, ShardScore.TotalOf([noise, noise]));
    }

    [Fact]
    public void ASummary_CountsTheAssignments()
    {
        var rows = Pipelines.Clustered(Pipelines.Images());
        var score = ShardScore.Of("images.npy", rows, 100);

        var assignments = rows.EnumerateAssignments().ToArray();
        Assert.Equal(("images.npy", 100L, 60L, 0L), (score.Shard, score.FirstRow, score.RowCount, score.NoiseCount));
        Assert.Equal(
            string.Join(' ', Enumerable.Range(0, 3).Select(cluster => assignments.Count(row => row.Cluster == cluster))),
            score.ClusterSizes);
        Assert.Equal(assignments.Average(row => row.Probability!.Value), score.Probability, 12);
        Assert.Null(score.Novelty);
    }
}
