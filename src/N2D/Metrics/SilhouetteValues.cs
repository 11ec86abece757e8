using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>The silhouettes of the rows of a clustering, or of a sample of them. Immutable.</summary>
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

    /// <summary>The number of rows in clusters; larger than the number of values if these are a sample.</summary>
    public int PopulationCount { get; }

    /// <summary>The row of each value, ascending.</summary>
    public IReadOnlyList<int> Rows => _rows;

    /// <summary>The cluster of each value's row.</summary>
    public IReadOnlyList<int> Clusters => _clusters;

    /// <summary>The silhouettes, -1 to 1; 0 for a row that is alone in its cluster.</summary>
    public IReadOnlyList<double> Values => _values;
}
