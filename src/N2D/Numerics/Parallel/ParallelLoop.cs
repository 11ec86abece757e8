using System.Runtime.ExceptionServices;

namespace N2D.Numerics;

/// <summary>A parallel loop that reports the error of its body as it is, not in an <see cref="AggregateException"/>.</summary>
internal static class ParallelLoop
{
    /// <summary>Runs a body for the numbers from 0 to below a count.</summary>
    /// <param name="count">The count.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="body">The body.</param>
    public static void For(int count, ParallelOptions options, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
