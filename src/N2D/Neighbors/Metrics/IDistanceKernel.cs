using System.Runtime.Intrinsics;

namespace N2D.Neighbors;

/// <summary>
/// The operations of a metric on pairs of coordinates, eight at a time. Generic methods are compiled for each kernel, so that their inner
/// loops contain no calls. A kernel is a struct with the parameters of its metric.
/// </summary>
internal interface IDistanceKernel
{
    /// <summary>The time for a coordinate relative to that of the Euclidean metric, which determines the limit of exact search.</summary>
    static virtual double RelativeCost => 1;

    /// <summary>
    /// The relative error that a coordinate adds to a distance because of less exact functions, besides that of float32 sums.
    /// </summary>
    static virtual float Rounding => 0;

    /// <summary>Adds the coordinates of one dimension to the sums. Two zeros must add nothing.</summary>
    DistanceSums Accumulate(DistanceSums sums, Vector256<float> x, Vector256<float> y);

    /// <summary>Adds the least value for a coordinate in a range. No distance to a row in that range has a smaller rank.</summary>
    DistanceSums AccumulateLeast(DistanceSums sums, Vector256<float> x, Vector256<float> low, Vector256<float> high);

    /// <summary>Combines the sums of two parts of a row, lane by lane.</summary>
    DistanceSums Combine(DistanceSums left, DistanceSums right);

    /// <summary>A number that orders pairs of rows like their distances and is cheaper, lane by lane.</summary>
    Vector256<float> Rank(DistanceSums sums);

    /// <summary>The distance of a rank.</summary>
    float Finish(float rank);

    /// <summary>The distances of ranks, lane by lane, with the same bits.</summary>
    Vector256<float> Finish(Vector256<float> ranks);
}

/// <summary>
/// The sums of a metric over the coordinates; lanes are eight pairs, or eight parts of a pair. Most metrics use only the first sum.
/// </summary>
internal readonly struct DistanceSums(Vector256<float> first, Vector256<float> second)
{
    public Vector256<float> First { get; } = first;

    public Vector256<float> Second { get; } = second;
}
