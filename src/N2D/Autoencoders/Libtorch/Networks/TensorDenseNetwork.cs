using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// A dense autoencoder with ReLU activations on a GPU. Its forward and backward passes are explicit matrix products into reused tensors, so
/// a training step allocates nothing.
/// </summary>
internal sealed class TensorDenseNetwork : ITensorNetwork
{
    private readonly NetworkShape _shape;
    private readonly Device _device;
    private readonly TensorLayer[] _layers;
    private readonly TensorLayerProducts _products;
    private readonly Dictionary<long, TensorWorkspace> _workspaces;

    /// <summary>Creates a network on a device.</summary>
    /// <param name="shape">The layers.</param>
    /// <param name="parameters">All weights and biases in the layout of the shape; copied.</param>
    /// <param name="device">The device.</param>
    /// <param name="batchSizes">
    /// The batch sizes that gradients will be computed for; empty for a network that only encodes and decodes.
    /// </param>
    public TensorDenseNetwork(NetworkShape shape, float[] parameters, Device device, params ReadOnlySpan<int> batchSizes)
    {
        _shape = shape;
        _device = device;
        using var copy = tensor(parameters);
        Parameters = copy.to(device);
        Gradient = zeros(parameters.Length, device: device);
        _layers = [.. Enumerable.Range(0, shape.LayerCount).Select(layer => new TensorLayer(
            shape.Weights(layer).In(Parameters),
            shape.Weights(layer).In(Gradient),
            shape.Biases(layer).In(Parameters),
            shape.Biases(layer).In(Gradient)))];
        var sizes = batchSizes.ToArray().Distinct().ToArray();
        _products = new TensorLayerProducts(device, sizes);
        _workspaces = sizes.ToDictionary(size => (long)size, size => TensorWorkspace.ForTraining(shape, size, device));
    }

    /// <inheritdoc/>
    public Tensor Parameters { get; }

    /// <inheritdoc/>
    public Tensor Gradient { get; }

    /// <inheritdoc/>
    public void ComputeGradient(Tensor target, Tensor input, Tensor squaredErrors, long randomSeed)
    {
        var workspace = _workspaces[input.shape[0]];
        Forward(input, workspace.Outputs, 0, _shape.LayerCount);
        Backward(target, input, workspace, squaredErrors);
    }

    /// <inheritdoc/>
    public Tensor Encode(Tensor rows) => Infer(rows, 0, _shape.EncoderLayerCount);

    /// <inheritdoc/>
    public Tensor Decode(Tensor codes) => Infer(codes, _shape.EncoderLayerCount, _shape.LayerCount);

    private Tensor Infer(Tensor input, int firstLayer, int endLayer)
    {
        var outputs = _workspaces.TryGetValue(input.shape[0], out var workspace)
            ? workspace.Outputs
            : TensorWorkspace.AllocateOutputs(_shape, (int)input.shape[0], _device);
        return Forward(input, outputs, firstLayer, endLayer);
    }

    private Tensor Forward(Tensor input, Tensor[] outputs, int firstLayer, int endLayer)
    {
        for (var layer = firstLayer; layer < endLayer; layer++)
        {
            TensorLayerProducts.Forward(input, _layers[layer], _shape.IsActivated(layer), outputs[layer]);
            input = outputs[layer];
        }

        return input;
    }

    /// <summary>Computes the gradient of the mean squared error of the reconstruction. Overwrites the outputs in the workspace.</summary>
    private void Backward(Tensor target, Tensor input, TensorWorkspace workspace, Tensor squaredErrors)
    {
        var last = _layers.Length - 1;
        TensorLayerProducts.LossGradient(workspace.Outputs[last], target, workspace.Deltas[last], squaredErrors);
        for (var layer = last; layer >= 0; layer--)
        {
            var layerInput = layer == 0 ? input : workspace.Outputs[layer - 1];
            _products.ParameterGradients(layerInput, workspace.Deltas[layer], _layers[layer]);
            if (layer > 0)
            {
                TensorLayerProducts.InputGradient(
                    workspace.Deltas[layer], _layers[layer], layerInput, _shape.IsActivated(layer - 1), workspace.Deltas[layer - 1]);
            }
        }
    }
}
