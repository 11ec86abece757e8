using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Updates a flat tensor of parameters by its gradient. Its tensors belong to the dispose scope in which it is created.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="gradient">The gradient of the loss.</param>
/// <param name="options">The learning rate and the weight decay.</param>
internal abstract class TensorOptimizer(Tensor parameters, Tensor gradient, AutoencoderOptions options)
{
    /// <summary>The number of steps so far.</summary>
    public int StepCount { get; set; }

    /// <summary>The tensors that are kept from step to step, by name.</summary>
    public abstract IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>The parameters.</summary>
    protected Tensor Parameters { get; } = parameters;

    /// <summary>The gradient of the loss.</summary>
    protected Tensor Gradient { get; } = gradient;

    /// <summary>Creates the optimizer that the options select.</summary>
    public static TensorOptimizer Create(Tensor parameters, Tensor gradient, AutoencoderOptions options) => options.Optimizer switch
    {
        OptimizerKind.Adam => new TensorAdam(parameters, gradient, options),
        OptimizerKind.Sgd => new TensorSgd(parameters, gradient, options),
        OptimizerKind.RmsProp => new TensorRmsProp(parameters, gradient, options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "Unknown optimizer."),
    };

    /// <summary>Makes one step.</summary>
    /// <param name="factor">The factor of the schedule by which the learning rate is multiplied.</param>
    /// <param name="execution">Threads.</param>
    public void Step(double factor, Execution execution)
    {
        StepCount++;
        var learningRate = options.LearningRate * factor;
        Move(learningRate, (float)(1 - (learningRate * options.WeightDecay)), execution);
    }

    /// <summary>Updates the parameters.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="decay">The factor that multiplies each parameter first; 1 without weight decay.</param>
    /// <param name="execution">Threads.</param>
    protected abstract void Move(double learningRate, float decay, Execution execution);
}
