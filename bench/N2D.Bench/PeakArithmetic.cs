using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>The float32 multiply-adds per second that all processors can do without reading memory, by the widest vectors.</summary>
internal static class PeakArithmetic
{
    private const int RoundsPerMeasurement = 2_000_000;
    private const int Accumulators = 10;

    /// <summary>Measures once, in about 5 ms.</summary>
    /// <returns>Multiply-adds per second.</returns>
    public static double Measure()
    {
        var threadCount = Environment.ProcessorCount;
        var done = new double[threadCount];
        var clock = Stopwatch.StartNew();
        Parallel.For(0, threadCount, new ParallelOptions { MaxDegreeOfParallelism = threadCount }, thread =>
        {
            var (sum, width) = Vector512.IsHardwareAccelerated
                ? (Spin<Width512<float>, Vector512<float>>(thread + 1), Width512<float>.Lanes)
                : (Spin<Width256<float>, Vector256<float>>(thread + 1), Width256<float>.Lanes);
            done[thread] = sum == 0 ? 0 : (double)Accumulators * width * RoundsPerMeasurement;
        });
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Ten accumulators, so that no multiply-add waits for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe float Spin<TWidth, TVector>(float seed)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        var x = TWidth.Broadcast(seed * 1e-9f);
        var (a, b, c, d, e, f, g, h, i, j) = (x, x, x, x, x, x, x, x, x, x);
        for (var round = 0; round < RoundsPerMeasurement; round++)
        {
            a = TWidth.MultiplyAdd(x, x, a);
            b = TWidth.MultiplyAdd(x, x, b);
            c = TWidth.MultiplyAdd(x, x, c);
            d = TWidth.MultiplyAdd(x, x, d);
            e = TWidth.MultiplyAdd(x, x, e);
            f = TWidth.MultiplyAdd(x, x, f);
            g = TWidth.MultiplyAdd(x, x, g);
            h = TWidth.MultiplyAdd(x, x, h);
            i = TWidth.MultiplyAdd(x, x, i);
            j = TWidth.MultiplyAdd(x, x, j);
        }

        // All accumulators must be used, so that none is removed.
        var lanes = stackalloc float[TWidth.Lanes];
        return FirstLane(a) + FirstLane(b) + FirstLane(c) + FirstLane(d) + FirstLane(e)
            + FirstLane(f) + FirstLane(g) + FirstLane(h) + FirstLane(i) + FirstLane(j);

        float FirstLane(TVector vector)
        {
            TWidth.Store(vector, lanes);
            return *lanes;
        }
    }
}
