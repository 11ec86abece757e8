using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>An exponential moving average of a vector of parameters. The first steps have equal weights.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="decay">The decay, above 0 and below 1.</param>
internal sealed class MovingAverage(NativeVector parameters, float decay) : IDisposable
{
    /// <summary>The average.</summary>
    public NativeVector Values { get; } = new(parameters.Length);

    /// <summary>Returns the weight of the parameters after a step.</summary>
    /// <param name="decay">The decay.</param>
    /// <param name="stepCount">The number of the step, from 1.</param>
    public static float WeightOf(float decay, int stepCount) => Math.Max(1 - decay, 1f / stepCount);

    /// <summary>Adds the current parameters.</summary>
    /// <param name="stepCount">The number of steps so far.</param>
    /// <param name="execution">Threads.</param>
    public void Add(int stepCount, Execution execution)
    {
        var weight = WeightOf(decay, stepCount);
        ParallelRows.ForValues((int)parameters.Length, execution, (start, end) =>
            Interpolate(Values.Span[start..end], parameters.Span[start..end], weight));
    }

    /// <summary>Swaps the parameters and their average.</summary>
    public void Swap()
    {
        var first = Values.Span;
        var second = parameters.Span;
        for (var i = 0; i < first.Length; i++)
        {
            (first[i], second[i]) = (second[i], first[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();

    /// <summary>Moves values towards others. Starts from the nearer end, so that a weight of 1 gives exactly the others.</summary>
    private static void Interpolate(Span<float> values, ReadOnlySpan<float> others, float weight)
    {
        var startsAtOthers = weight >= 0.5f;
        var factor = startsAtOthers ? weight - 1 : weight;
        var averages = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var targets = MemoryMarshal.Cast<float, Vector256<float>>(others);
        for (var i = 0; i < averages.Length; i++)
        {
            averages[i] = Vector256.MultiplyAddEstimate(
                Vector256.Create(factor), targets[i] - averages[i], startsAtOthers ? targets[i] : averages[i]);
        }

        for (var i = averages.Length * Vector256<float>.Count; i < values.Length; i++)
        {
            values[i] = float.MultiplyAddEstimate(factor, others[i] - values[i], startsAtOthers ? others[i] : values[i]);
        }
    }
}
