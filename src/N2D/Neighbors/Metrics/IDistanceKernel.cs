using System.Runtime.Intrinsics;

namespace N2D.Neighbors;

/// <summary>
/// What a metric does with pairs of coordinates, eight at a time. Methods that are generic in it are compiled once a metric, with
/// nothing left to call in the inner loop. A kernel is a struct that holds what its metric needs to be told.
/// </summary>
internal interface IDistanceKernel
{
    /// <summary>The time that a coordinate takes, Euclid's being 1: what decides where exact search is too slow.</summary>
    static virtual double RelativeCost => 1;

    /// <summary>The relative error that a coordinate adds to a distance beyond those of plain float32 sums, from functions that are computed less exactly.</summary>
    static virtual float Rounding => 0;

    /// <summary>Adds the coordinates of one dimension to the running sums. Two zeros must add nothing.</summary>
    DistanceSums Accumulate(DistanceSums sums, Vector256<float> x, Vector256<float> y);

    /// <summary>Adds the least that a row adds in one dimension whose coordinate lies in a range: no distance to such a row has a smaller rank.</summary>
    DistanceSums AccumulateLeast(DistanceSums sums, Vector256<float> x, Vector256<float> low, Vector256<float> high);

    /// <summary>Combines the sums of two parts of a row, lane by lane.</summary>
    DistanceSums Combine(DistanceSums left, DistanceSums right);

    /// <summary>A number that ranks pairs of rows as their distance does and is cheaper, lane by lane.</summary>
    Vector256<float> Rank(DistanceSums sums);

    /// <summary>The distance of a rank.</summary>
    float Finish(float rank);

    /// <summary>The distances of ranks, lane by lane, to the same bits.</summary>
    Vector256<float> Finish(Vector256<float> ranks);
}

/// <summary>What a metric adds up over the coordinates, eight pairs (or eight parts of a pair) in their lanes. Most need the first sum alone.</summary>
internal readonly struct DistanceSums(Vector256<float> first, Vector256<float> second)
{
    public Vector256<float> First { get; } = first;

    public Vector256<float> Second { get; } = second;
}
