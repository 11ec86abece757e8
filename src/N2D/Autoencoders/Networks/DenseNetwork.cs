using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// A dense autoencoder of rectified linear units. Forward and backward passes are written out as matrix products into buffers that are kept, so that
/// a step allocates nothing.
/// </summary>
internal sealed class DenseNetwork : INetwork
{
    private readonly NetworkShape _shape;
    private readonly Device _device;
    private readonly DenseLayer[] _layers;
    private readonly ILayerProducts _products;
    private readonly Dictionary<long, BatchWorkspace> _workspaces;

    /// <summary>Puts a network on a device.</summary>
    /// <param name="shape">Its widths.</param>
    /// <param name="parameters">All weights and biases, as the shape lays them out; copied.</param>
    /// <param name="device">Where to.</param>
    /// <param name="execution">Threads and cancellation of its passes on the processor.</param>
    /// <param name="batchSizes">The numbers of rows that gradients will be asked for; none for a network that only encodes and decodes.</param>
    public DenseNetwork(NetworkShape shape, float[] parameters, Device device, Execution execution, params ReadOnlySpan<int> batchSizes)
    {
        _shape = shape;
        _device = device;
        using var copy = tensor(parameters);
        Parameters = copy.to(device);
        Gradient = zeros(parameters.Length, device: device);
        _layers = [.. Enumerable.Range(0, shape.LayerCount).Select(layer => new DenseLayer(
            shape.Weights(layer).In(Parameters),
            shape.Weights(layer).In(Gradient),
            shape.Biases(layer).In(Parameters),
            shape.Biases(layer).In(Gradient)))];
        var sizes = batchSizes.ToArray().Distinct().ToArray();
        _products = device.type == TorchSharp.DeviceType.CPU && ProcessorProducts.CanDo(shape, sizes) ? new ProcessorProducts(execution) : new LibtorchProducts(device, sizes);
        _workspaces = sizes.ToDictionary(size => (long)size, size => BatchWorkspace.ForTraining(shape, size, device));
    }

    /// <inheritdoc/>
    public Tensor Parameters { get; }

    /// <inheritdoc/>
    public Tensor Gradient { get; }

    /// <inheritdoc/>
    public void ComputeGradient(Tensor rows, Tensor seen, Tensor squaredErrors, long randomSeed)
    {
        var workspace = _workspaces[seen.shape[0]];
        Forward(seen, workspace.Outputs, 0, _shape.LayerCount);
        Backward(rows, seen, workspace, squaredErrors);
    }

    /// <inheritdoc/>
    public Tensor Encode(Tensor rows) => Infer(rows, 0, _shape.EncoderLayerCount);

    /// <inheritdoc/>
    public Tensor Decode(Tensor codes) => Infer(codes, _shape.EncoderLayerCount, _shape.LayerCount);

    private Tensor Infer(Tensor input, int firstLayer, int endLayer)
    {
        var outputs = _workspaces.TryGetValue(input.shape[0], out var workspace) ? workspace.Outputs : BatchWorkspace.Buffers(_shape, (int)input.shape[0], _device);
        return Forward(input, outputs, firstLayer, endLayer);
    }

    private Tensor Forward(Tensor input, Tensor[] outputs, int firstLayer, int endLayer)
    {
        for (var layer = firstLayer; layer < endLayer; layer++)
        {
            _products.Forward(input, _layers[layer], _shape.IsActivated(layer), outputs[layer]);
            input = outputs[layer];
        }

        return input;
    }

    /// <summary>The gradient of the mean squared error of the reconstruction in a workspace. Uses up the outputs there.</summary>
    private void Backward(Tensor rows, Tensor seen, BatchWorkspace workspace, Tensor squaredErrors)
    {
        var last = _layers.Length - 1;
        _products.LossGradient(workspace.Outputs[last], rows, workspace.Deltas[last], squaredErrors);
        for (var layer = last; layer >= 0; layer--)
        {
            var input = layer == 0 ? seen : workspace.Outputs[layer - 1];
            _products.ParameterGradients(input, workspace.Deltas[layer], _layers[layer]);
            if (layer > 0)
            {
                _products.InputGradient(workspace.Deltas[layer], _layers[layer], input, _shape.IsActivated(layer - 1), workspace.Deltas[layer - 1]);
            }
        }
    }
}
