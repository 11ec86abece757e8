using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Moves one flat vector of parameters against its gradient. What it remembers belongs to the dispose scope that it is made in.</summary>
/// <param name="parameters">The vector.</param>
/// <param name="gradient">The loss's derivative by each of its values.</param>
/// <param name="options">The step size and the weight decay.</param>
internal abstract class Optimizer(Tensor parameters, Tensor gradient, AutoencoderOptions options)
{
    /// <summary>The steps taken so far.</summary>
    public int StepCount { get; set; }

    /// <summary>What is remembered from step to step, by name.</summary>
    public abstract IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>The vector.</summary>
    protected Tensor Parameters { get; } = parameters;

    /// <summary>Its gradient.</summary>
    protected Tensor Gradient { get; } = gradient;

    /// <summary>Makes the optimizer that was asked for.</summary>
    public static Optimizer Create(Tensor parameters, Tensor gradient, AutoencoderOptions options) => options.Optimizer switch
    {
        OptimizerKind.Adam => new AdamOptimizer(parameters, gradient, options),
        OptimizerKind.Sgd => new SgdOptimizer(parameters, gradient, options),
        OptimizerKind.RmsProp => new RmsPropOptimizer(parameters, gradient, options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "There is no such optimizer."),
    };

    /// <summary>Takes one step.</summary>
    /// <param name="share">The share of the first step size that is left of it.</param>
    /// <param name="execution">Threads.</param>
    public void Step(double share, Execution execution)
    {
        StepCount++;
        var learningRate = options.LearningRate * share;
        Move(learningRate, (float)(1 - (learningRate * options.WeightDecay)), execution);
    }

    /// <summary>Moves the parameters.</summary>
    /// <param name="learningRate">The step size.</param>
    /// <param name="kept">What each parameter is multiplied with first; 1 without weight decay.</param>
    /// <param name="execution">Threads.</param>
    protected abstract void Move(double learningRate, float kept, Execution execution);
}
