using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>The mutual information of two labelings and the entropy of one, in natural units (nats).</summary>
internal static class MutualInformation
{
    /// <summary>The spacing of doubles at 1.</summary>
    public const double Epsilon = 2.220446049250313e-16;

    /// <summary>The mutual information of classes and clusters, 0 or more except for rounding.</summary>
    /// <param name="table">The contingency table of the labelings.</param>
    public static double Of(ContingencyTable table)
    {
        var (sum, logRows) = (0.0, PortableMath.Log(table.RowCount));
        for (var row = 0; row < table.Classes.Length; row++)
        {
            for (var column = 0; column < table.Clusters.Length; column++)
            {
                var count = table[row, column];
                if (count > 0)
                {
                    var expected = PortableMath.Log((double)table.ClassSizes[row] * table.ClusterSizes[column]) - logRows;
                    var term = (double)count / table.RowCount * (PortableMath.Log(count) - expected);
                    sum += Math.Abs(term) < Epsilon ? 0 : term;
                }
            }
        }

        return sum;
    }

    /// <summary>The entropy of a labeling.</summary>
    /// <param name="sizes">The number of rows of each label.</param>
    /// <param name="rowCount">n, their sum.</param>
    public static double Entropy(ReadOnlySpan<int> sizes, int rowCount)
    {
        var sum = 0.0;
        foreach (var size in sizes)
        {
            sum -= (double)size / rowCount * (PortableMath.Log(size) - PortableMath.Log(rowCount));
        }

        return sum;
    }
}
