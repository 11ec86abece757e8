using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>The silhouette of each row of a clustering, or of each of a sample of its rows. Immutable.</summary>
public sealed class SilhouetteValues
{
    private readonly int[] _rows;
    private readonly int[] _clusters;
    private readonly double[] _values;

    internal SilhouetteValues(int[] rows, int[] clusters, double[] values, int populationCount)
    {
        (_rows, _clusters, _values) = (rows, clusters, values);
        PopulationCount = populationCount;
        Mean = FixedOrder.Sum<double>(values) / values.Length;
    }

    /// <summary>The mean of the values, -1 to 1.</summary>
    public double Mean { get; }

    /// <summary>The number of rows that are in clusters; the values are of fewer where they were drawn.</summary>
    public int PopulationCount { get; }

    /// <summary>The rows that the values are of, ascending.</summary>
    public IReadOnlyList<int> Rows => _rows;

    /// <summary>The cluster of each of these rows.</summary>
    public IReadOnlyList<int> Clusters => _clusters;

    /// <summary>The silhouette of each of these rows, -1 to 1; 0 of a row that is a cluster by itself.</summary>
    public IReadOnlyList<double> Values => _values;
}
