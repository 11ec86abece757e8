using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// Products C = A B of float32 matrices. Each value is summed from the first term to the last by fused multiply-adds, whatever the
/// number of threads and the vector width: the same factors give the same bytes. Only processors without fused multiply-adds (x64 from
/// before 2013, and virtual machines that hide them) round each product too, because to emulate them takes 20 to 60 times as long.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>Divides a product into jobs, with the widest vectors that the processor has.</summary>
    /// <typeparam name="TTarget">The type of the target.</typeparam>
    /// <param name="a">A, m x k.</param>
    /// <param name="b">B, k x n.</param>
    /// <param name="target">Receives the m x n values of C.</param>
    /// <param name="threadCount">The number of threads that run the jobs.</param>
    public static IJobSet Divide<TTarget>(MatrixView a, MatrixView b, TTarget target, int threadCount)
        where TTarget : struct, IProductTarget =>
        Vector512.IsHardwareAccelerated ? new ProductJobs<Width512<float>, Vector512<float>, TTarget>(a, b, target, threadCount)
        : Vector256.IsHardwareAccelerated ? new ProductJobs<Width256<float>, Vector256<float>, TTarget>(a, b, target, threadCount)
        : new ProductJobs<Width128<float>, Vector128<float>, TTarget>(a, b, target, threadCount);
}
