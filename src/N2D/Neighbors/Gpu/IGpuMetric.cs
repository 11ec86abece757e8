namespace N2D.Neighbors;

/// <summary>
/// The operations of a metric on a pair of coordinates, for kernels. They round like those of <see cref="IDistanceKernel"/>, so that ranks
/// have the same bits. Generic kernels are compiled for each metric.
/// </summary>
internal interface IGpuMetric
{
    /// <summary>Adds the coordinates of one dimension to the sums.</summary>
    PairSums Accumulate(PairSums sums, float x, float y);

    /// <summary>A number that orders pairs of rows like their distances.</summary>
    float Rank(PairSums sums);
}

/// <summary>The sums of a metric over the coordinates of a pair of rows. Most metrics use only the first.</summary>
/// <param name="first">The first sum.</param>
/// <param name="second">The second sum.</param>
internal readonly struct PairSums(float first, float second)
{
    /// <summary>The first sum.</summary>
    public readonly float First = first;

    /// <summary>The second sum.</summary>
    public readonly float Second = second;
}
