using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// The operations of a metric on pairs of coordinates, a vector of them at a time. Generic methods are compiled for each kernel and width,
/// so that their inner loops contain no calls. A kernel is a struct with the parameters of its metric.
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
    DistanceSums<TVector> Accumulate<TWidth, TVector>(DistanceSums<TVector> sums, TVector x, TVector y)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct;

    /// <summary>Adds the least value for a coordinate in a range. No distance to a row in that range has a smaller rank.</summary>
    DistanceSums<TVector> AccumulateLeast<TWidth, TVector>(DistanceSums<TVector> sums, TVector x, TVector low, TVector high)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct;

    /// <summary>Combines the sums of two parts of a row, lane by lane.</summary>
    DistanceSums<TVector> Combine<TWidth, TVector>(DistanceSums<TVector> left, DistanceSums<TVector> right)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct;

    /// <summary>A number that orders pairs of rows like their distances and is cheaper, lane by lane.</summary>
    TVector Rank<TWidth, TVector>(DistanceSums<TVector> sums)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct;

    /// <summary>The distance of a rank.</summary>
    float Finish(float rank);

    /// <summary>The distances of ranks, lane by lane, with the same bits.</summary>
    TVector Finish<TWidth, TVector>(TVector ranks)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct;
}

/// <summary>
/// The sums of a metric over the coordinates; lanes are pairs, or parts of a pair. Most metrics use only the first sum.
/// </summary>
/// <typeparam name="TVector">A vector of float32 values.</typeparam>
internal readonly struct DistanceSums<TVector>(TVector first, TVector second)
    where TVector : struct
{
    public TVector First { get; } = first;

    public TVector Second { get; } = second;
}
