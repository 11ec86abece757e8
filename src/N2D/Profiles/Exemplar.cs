namespace N2D.Profiles;

/// <summary>A row that shows what a cluster is like, or where it ends.</summary>
public sealed record Exemplar
{
    /// <summary>The number of the cluster, from 0.</summary>
    public required int Cluster { get; init; }

    /// <summary>The name that the cluster was given; null if it has none.</summary>
    public string? ClusterName { get; init; }

    /// <summary>What the row is an example of.</summary>
    public required ExemplarKind Kind { get; init; }

    /// <summary>
    /// The place among the rows of this kind in the cluster, from 1: the most central row, or the one nearest to another cluster, first.
    /// </summary>
    public required int Rank { get; init; }

    /// <summary>The row's index in the source, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The row's id; null if the rows have none.</summary>
    public string? Id { get; init; }

    /// <summary>The name of the row's class; null if it is not known.</summary>
    public string? Label { get; init; }

    /// <summary>The probability of the cluster, 0 to 1.</summary>
    public required float Probability { get; init; }

    /// <summary>The Euclidean distance to the center of the cluster, in the clustered space.</summary>
    public required double Distance { get; init; }

    /// <summary>The other cluster with the nearest center; null if there is no other cluster.</summary>
    public int? NearestCluster { get; init; }

    /// <summary>The distance to that center; null if there is no other cluster.</summary>
    public double? NearestDistance { get; init; }

    private readonly Uncompared _columns = new([]);

    /// <summary>
    /// Returns the columns that set the cluster apart from the others, strongest first; empty for images, and if
    /// <see cref="ExemplarOptions.RanksColumns"/> is false.
    /// </summary>
    public IReadOnlyList<string> GetColumns() => Columns;

    /// <summary>Returns the row's number among the clustered rows, from 0. It differs from the index if rows were dropped.</summary>
    public int GetRow() => Row;

    internal int Row { get; init; }

    internal IReadOnlyList<string> Columns
    {
        get => _columns.Names;
        init => _columns = new Uncompared(value);
    }

    /// <summary>Columns describe the cluster, not the row, so they do not count when two exemplars are compared.</summary>
    private sealed class Uncompared(IReadOnlyList<string> names)
    {
        public IReadOnlyList<string> Names => names;

        public override bool Equals(object? obj) => obj is Uncompared;

        public override int GetHashCode() => 0;
    }
}
