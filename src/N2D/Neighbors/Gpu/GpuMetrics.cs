using N2D.Devices;

namespace N2D.Neighbors;

/// <summary>As <see cref="EuclideanKernel"/>.</summary>
internal readonly struct GpuEuclidean : IGpuMetric
{
    public PairSums Accumulate(PairSums sums, float x, float y) => new(KernelMath.MultiplyAdd(x - y, x - y, sums.First), 0);

    public float Rank(PairSums sums) => sums.First;
}

/// <summary>As <see cref="ManhattanKernel"/>.</summary>
internal readonly struct GpuManhattan : IGpuMetric
{
    public PairSums Accumulate(PairSums sums, float x, float y) => new(sums.First + MathF.Abs(x - y), 0);

    public float Rank(PairSums sums) => sums.First;
}

/// <summary>As <see cref="ChebyshevKernel"/>.</summary>
internal readonly struct GpuChebyshev : IGpuMetric
{
    public PairSums Accumulate(PairSums sums, float x, float y) => new(MathF.Max(sums.First, MathF.Abs(x - y)), 0);

    public float Rank(PairSums sums) => sums.First;
}

/// <summary>As <see cref="CanberraKernel"/>.</summary>
internal readonly struct GpuCanberra : IGpuMetric
{
    public PairSums Accumulate(PairSums sums, float x, float y) =>
        new(sums.First + (MathF.Abs(x - y) / MathF.Max(MathF.Abs(x) + MathF.Abs(y), float.Epsilon)), 0);

    public float Rank(PairSums sums) => sums.First;
}

/// <summary>As <see cref="BrayCurtisKernel"/>.</summary>
internal readonly struct GpuBrayCurtis : IGpuMetric
{
    public PairSums Accumulate(PairSums sums, float x, float y) =>
        new(sums.First + MathF.Abs(x - y), sums.Second + MathF.Abs(x + y));

    public float Rank(PairSums sums) => sums.First == 0 ? 0 : sums.First / sums.Second;
}

/// <summary>As <see cref="HammingKernel"/>.</summary>
internal readonly struct GpuHamming : IGpuMetric
{
    public PairSums Accumulate(PairSums sums, float x, float y) => new(sums.First + (x == y ? 0 : 1), 0);

    public float Rank(PairSums sums) => sums.First;
}
