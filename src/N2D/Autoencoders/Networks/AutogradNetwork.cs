using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>A network whose gradient libtorch derives from its forward pass: slower than passes written out, and of any kind.</summary>
internal abstract class AutogradNetwork : INetwork
{
    /// <summary>Puts the parameters on a device.</summary>
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
    public void ComputeGradient(Tensor rows, Tensor seen, Tensor squaredErrors, long randomSeed)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters.detach().requires_grad_(true);
        using var generator = new Generator((ulong)randomSeed, rows.device);
        var (reconstruction, penalty) = Rebuild(parameters, seen, generator);
        var squares = (reconstruction - rows).square().sum();
        Loss(squares / rows.numel(), penalty).backward();
        Gradient.copy_(parameters.grad!);
        squaredErrors.add_(squares.detach());
    }

    /// <inheritdoc/>
    public Tensor Encode(Tensor rows) => Encode(Parameters, rows, generator: null);

    /// <inheritdoc/>
    public Tensor Decode(Tensor codes) => Decode(Parameters, codes, generator: null);

    /// <summary>What is minimized.</summary>
    /// <param name="meanSquaredError">The mean squared error of the reconstruction.</param>
    /// <param name="penalty">What <see cref="Rebuild"/> gave beside it.</param>
    protected virtual Tensor Loss(Tensor meanSquaredError, Tensor? penalty) => meanSquaredError;

    /// <summary>Encodes and decodes rows in training.</summary>
    /// <param name="parameters">All weights and biases.</param>
    /// <param name="rows">m x d.</param>
    /// <param name="generator">For what is drawn at random.</param>
    /// <returns>The reconstruction, m x d, and what else the loss counts.</returns>
    protected virtual (Tensor Reconstruction, Tensor? Penalty) Rebuild(Tensor parameters, Tensor rows, Generator generator) =>
        (Decode(parameters, Encode(parameters, rows, generator), generator), null);

    /// <summary>Encodes rows.</summary>
    /// <param name="parameters">All weights and biases.</param>
    /// <param name="rows">m x d.</param>
    /// <param name="generator">For what is drawn at random in training; null otherwise.</param>
    protected abstract Tensor Encode(Tensor parameters, Tensor rows, Generator? generator);

    /// <summary>Decodes codes.</summary>
    /// <param name="parameters">All weights and biases.</param>
    /// <param name="codes">m x c.</param>
    /// <param name="generator">For what is drawn at random in training; null otherwise.</param>
    protected abstract Tensor Decode(Tensor parameters, Tensor codes, Generator? generator);

    /// <summary>Leaves out values at random, and makes up for them by the others (Srivastava et al., 2014).</summary>
    /// <param name="values">Any values.</param>
    /// <param name="rate">The share to leave out.</param>
    /// <param name="generator">Draws; null leaves all in.</param>
    protected static Tensor DropOut(Tensor values, float rate, Generator? generator) =>
        generator is null || rate == 0 ? values : values * (Uniform(values, generator) >= rate).to(ScalarType.Float32) / (1 - rate);

    private static Tensor Uniform(Tensor like, Generator generator) => rand(like.shape, device: like.device, generator: generator);
}
