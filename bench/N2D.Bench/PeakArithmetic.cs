using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
            var sum = Vector512.IsHardwareAccelerated ? Spin512(thread + 1) : Spin256(thread + 1);
            var width = Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;
            done[thread] = sum == 0 ? 0 : (double)Accumulators * width * RoundsPerMeasurement;
        });
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Ten accumulators, so that no multiply-add waits for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Spin256(float seed)
    {
        var x = Vector256.Create(seed * 1e-9f);
        var (a, b, c, d, e, f, g, h, i, j) = (x, x, x, x, x, x, x, x, x, x);
        for (var round = 0; round < RoundsPerMeasurement; round++)
        {
            a = Vector256.FusedMultiplyAdd(x, x, a);
            b = Vector256.FusedMultiplyAdd(x, x, b);
            c = Vector256.FusedMultiplyAdd(x, x, c);
            d = Vector256.FusedMultiplyAdd(x, x, d);
            e = Vector256.FusedMultiplyAdd(x, x, e);
            f = Vector256.FusedMultiplyAdd(x, x, f);
            g = Vector256.FusedMultiplyAdd(x, x, g);
            h = Vector256.FusedMultiplyAdd(x, x, h);
            i = Vector256.FusedMultiplyAdd(x, x, i);
            j = Vector256.FusedMultiplyAdd(x, x, j);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Spin512(float seed)
    {
        var x = Vector512.Create(seed * 1e-9f);
        var (a, b, c, d, e, f, g, h, i, j) = (x, x, x, x, x, x, x, x, x, x);
        for (var round = 0; round < RoundsPerMeasurement; round++)
        {
            a = Vector512.FusedMultiplyAdd(x, x, a);
            b = Vector512.FusedMultiplyAdd(x, x, b);
            c = Vector512.FusedMultiplyAdd(x, x, c);
            d = Vector512.FusedMultiplyAdd(x, x, d);
            e = Vector512.FusedMultiplyAdd(x, x, e);
            f = Vector512.FusedMultiplyAdd(x, x, f);
            g = Vector512.FusedMultiplyAdd(x, x, g);
            h = Vector512.FusedMultiplyAdd(x, x, h);
            i = Vector512.FusedMultiplyAdd(x, x, i);
            j = Vector512.FusedMultiplyAdd(x, x, j);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j);
    }
}
