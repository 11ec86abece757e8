using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// A network whose gradient libtorch derives from its forward pass (autograd). It supports any architecture, but is slower than
/// <see cref="TensorDenseNetwork"/>.
/// </summary>
internal abstract class AutogradNetwork : ITensorNetwork
{
    /// <summary>Copies the parameters to a device.</summary>
    protected AutogradNetwork(float[] parameters, Device device)
    {
        using var copy = tensor(parameters);
        Parameters = copy.to(device);
        Gradient = zeros(parameters.Length, device: device);
    }

    /// <inheritdoc/>
    public Tensor Parameters { get; }

    /// <inheritdoc/>
    public Tensor Gradient { get; }

    /// <inheritdoc/>
    public void ComputeGradient(Tensor target, Tensor input, Tensor squaredErrors, long randomSeed)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters.detach().requires_grad_(true);
        using var generator = new Generator((ulong)randomSeed, target.device);
        var (reconstruction, penalty) = Reconstruct(parameters, input, generator);
        var squares = (reconstruction - target).square().sum();
        using Scalar count = target.numel();
        Loss(squares / count, penalty).backward();
        Gradient.copy_(parameters.grad!);
        squaredErrors.add_(squares.detach());
    }

    /// <inheritdoc/>
    public Tensor Encode(Tensor rows) => Encode(Parameters, rows, generator: null);

    /// <inheritdoc/>
    public Tensor Decode(Tensor codes) => Decode(Parameters, codes, generator: null);

    /// <summary>Returns the loss to minimize.</summary>
    /// <param name="meanSquaredError">The mean squared error of the reconstruction.</param>
    /// <param name="penalty">The second result of <see cref="Reconstruct"/>.</param>
    protected virtual Tensor Loss(Tensor meanSquaredError, Tensor? penalty) => meanSquaredError;

    /// <summary>Encodes and decodes rows in training.</summary>
    /// <param name="parameters">All weights and biases.</param>
    /// <param name="rows">m x d.</param>
    /// <param name="generator">Generates the random numbers.</param>
    /// <returns>The reconstruction, m x d, and a second term of the loss; null if there is none.</returns>
    protected virtual (Tensor Reconstruction, Tensor? Penalty) Reconstruct(Tensor parameters, Tensor rows, Generator generator) =>
        (Decode(parameters, Encode(parameters, rows, generator), generator), null);

    /// <summary>Encodes rows.</summary>
    /// <param name="parameters">All weights and biases.</param>
    /// <param name="rows">m x d.</param>
    /// <param name="generator">Generates the random numbers of the training; null outside of the training.</param>
    protected abstract Tensor Encode(Tensor parameters, Tensor rows, Generator? generator);

    /// <summary>Decodes codes.</summary>
    /// <param name="parameters">All weights and biases.</param>
    /// <param name="codes">m x c.</param>
    /// <param name="generator">Generates the random numbers of the training; null outside of the training.</param>
    protected abstract Tensor Decode(Tensor parameters, Tensor codes, Generator? generator);

    /// <summary>Sets values to zero at random and scales up the others (dropout; Srivastava et al., 2014).</summary>
    /// <param name="values">Any values.</param>
    /// <param name="rate">The share of values to set to zero.</param>
    /// <param name="generator">Generates the random numbers; null keeps all values.</param>
    protected static Tensor DropOut(Tensor values, float rate, Generator? generator)
    {
        if (generator is null || rate == 0)
        {
            return values;
        }

        using Scalar threshold = rate, keptShare = 1 - rate;
        return values * (Uniform(values, generator) >= threshold).to(ScalarType.Float32) / keptShare;
    }

    private static Tensor Uniform(Tensor like, Generator generator) => rand(like.shape, device: like.device, generator: generator);
}
