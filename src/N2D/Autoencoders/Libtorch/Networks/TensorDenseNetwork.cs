using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// A dense autoencoder with ReLU activations on a GPU, or several of the same shape as members of a joint network. The forward and backward
/// passes are explicit matrix products into reused tensors. Members share nothing but the native calls.
/// </summary>
internal sealed class TensorDenseNetwork : ITensorNetwork
{
    private readonly NetworkShape _shape;
    private readonly TensorLayers _layers;
    private readonly TensorLayers? _gradients;
    private readonly Dictionary<long, TensorWorkspace> _workspaces;

    /// <summary>Creates a network on the device of its parameters.</summary>
    /// <param name="shape">The layers.</param>
    /// <param name="parameters">
    /// All weights and biases in the layout of the shape, or those of each member in a row. They are not copied, and must be contiguous for
    /// gradients.
    /// </param>
    /// <param name="batchSizes">
    /// The batch sizes that gradients will be computed for, in rows of each member; empty for a network that only encodes and decodes.
    /// </param>
    public TensorDenseNetwork(NetworkShape shape, Tensor parameters, params ReadOnlySpan<int> batchSizes)
    {
        _shape = shape;
        Parameters = parameters;
        _layers = TensorLayers.In(shape, parameters);
        Gradient = batchSizes.IsEmpty ? empty(0) : zeros_like(parameters);
        _gradients = batchSizes.IsEmpty ? null : TensorLayers.In(shape, Gradient);
        _workspaces = batchSizes.ToArray().Distinct().ToDictionary(
            size => (long)size, size => TensorWorkspace.ForTraining(shape, [.. Members, size], parameters.device));
    }

    /// <inheritdoc/>
    public Tensor Parameters { get; }

    /// <inheritdoc/>
    public Tensor Gradient { get; }

    /// <summary>The number of members as the leading size of all tensors; empty for one network.</summary>
    private long[] Members => Parameters.shape[..^1];

    /// <inheritdoc/>
    public void ComputeGradient(Tensor target, Tensor input, Tensor squaredErrors, long randomSeed) =>
        TensorLayerProducts.Gradient(
            target, input, _layers, _gradients!, _shape.EncoderLayerCount - 1, _workspaces[input.shape[^2]], squaredErrors);

    /// <inheritdoc/>
    public Tensor Encode(Tensor rows) => Infer(rows, 0, _shape.EncoderLayerCount);

    /// <inheritdoc/>
    public Tensor Decode(Tensor codes) => Infer(codes, _shape.EncoderLayerCount, _shape.LayerCount);

    private Tensor Infer(Tensor input, int firstLayer, int endLayer)
    {
        var rowCount = input.shape[^2];
        var outputs = _workspaces.TryGetValue(rowCount, out var workspace)
            ? workspace.Outputs
            : TensorWorkspace.AllocateOutputs(_shape, [.. Members, rowCount], Parameters.device);
        TensorLayerProducts.Forward(input, _layers, firstLayer, endLayer, _shape.EncoderLayerCount - 1, outputs);
        return outputs[endLayer - 1];
    }
}
