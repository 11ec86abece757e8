using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>Updates a flat vector of parameters on the processor by its gradient.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="gradient">The gradient of the loss.</param>
/// <param name="options">The learning rate and the weight decay.</param>
/// <remarks>A step reads and writes each vector once.</remarks>
internal abstract class Optimizer(NativeVector parameters, NativeVector gradient, AutoencoderOptions options) : IDisposable
{
    /// <summary>The number of values that a thread updates at once.</summary>
    public const int ValuesPerBlock = 1 << 16;

    /// <summary>The number of steps so far.</summary>
    public int StepCount { get; set; }

    /// <summary>The vectors that are kept from step to step, by name.</summary>
    public abstract IReadOnlyDictionary<string, NativeVector> State { get; }

    /// <summary>Creates the optimizer that the options select.</summary>
    public static Optimizer Create(NativeVector parameters, NativeVector gradient, AutoencoderOptions options) => options.Optimizer switch
    {
        OptimizerKind.Adam => new AdamOptimizer(parameters, gradient, options),
        OptimizerKind.Sgd => new SgdOptimizer(parameters, gradient, options),
        OptimizerKind.RmsProp => new RmsPropOptimizer(parameters, gradient, options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "Unknown optimizer."),
    };

    /// <summary>Makes one step.</summary>
    /// <param name="factor">The factor of the schedule by which the learning rate is multiplied.</param>
    /// <param name="execution">Threads.</param>
    public void Step(double factor, Execution execution)
    {
        StepCount++;
        var learningRate = options.LearningRate * factor;
        var decay = (float)(1 - (learningRate * options.WeightDecay));
        ParallelRows.For((int)parameters.Length, ValuesPerBlock, execution, (start, end) =>
            Move(parameters.Span[start..end], gradient.Span[start..end], start..end, learningRate, decay));
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
    /// <param name="range">Their places in the vector.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="decay">The factor that multiplies each parameter first; 1 without weight decay.</param>
    protected abstract void Move(Span<float> values, ReadOnlySpan<float> slopes, Range range, double learningRate, float decay);
}
