using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>
/// Updates a flat vector of parameters on the processor by its gradient. Each part is updated when its gradient arrives, so the gradient is
/// never stored, and the memory of the update is read while the processor multiplies.
/// </summary>
/// <param name="parameters">The parameters.</param>
/// <param name="options">The learning rate and the weight decay.</param>
internal abstract unsafe class Optimizer(NativeVector parameters, AutoencoderOptions options) : IGradientTarget, IDisposable
{
    private const int FloatsPerCacheLine = 16;

    /// <summary>The number of steps so far.</summary>
    public int StepCount { get; set; }

    /// <summary>The vectors that are kept from step to step, by name.</summary>
    public abstract IReadOnlyDictionary<string, NativeVector> State { get; }

    /// <summary>The learning rate of this step.</summary>
    protected double LearningRate { get; private set; }

    /// <summary>The factor that multiplies each parameter first; 1 without weight decay.</summary>
    protected float Decay { get; private set; }

    /// <summary>Creates the optimizer that the options select.</summary>
    public static Optimizer Create(NativeVector parameters, AutoencoderOptions options) => options.Optimizer switch
    {
        OptimizerKind.Adam => new AdamOptimizer(parameters, options),
        OptimizerKind.Sgd => new SgdOptimizer(parameters, options),
        OptimizerKind.RmsProp => new RmsPropOptimizer(parameters, options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "Unknown optimizer."),
    };

    /// <summary>Begins a step, in which <see cref="Receive"/> updates each parameter once.</summary>
    /// <param name="factor">The factor of the schedule by which the learning rate is multiplied.</param>
    public virtual void BeginStep(double factor)
    {
        StepCount++;
        LearningRate = options.LearningRate * factor;
        Decay = (float)(1 - (LearningRate * options.WeightDecay));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Receive(long first, float* values, int count) => Move(new(parameters.Values + first, count), new(values, count), first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Prefetch(long first, int count)
    {
        if (Sse.IsSupported)
        {
            PrefetchValues(parameters.Values + first, count);
            PrefetchState(first, count);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var vector in State.Values)
        {
            vector.Dispose();
        }
    }

    /// <summary>Updates some of the parameters.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="slopes">Their gradient.</param>
    /// <param name="first">The index of the first.</param>
    protected abstract void Move(Span<float> values, ReadOnlySpan<float> slopes, long first);

    /// <summary>Prefetches the state of some parameters by <see cref="PrefetchValues"/>.</summary>
    protected abstract void PrefetchState(long first, int count);

    /// <summary>Prefetches values into all caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void PrefetchValues(float* values, int count)
    {
        for (var i = 0; i < count; i += FloatsPerCacheLine)
        {
            Sse.Prefetch0(values + i);
        }

        Sse.Prefetch0(values + count - 1);
    }
}
