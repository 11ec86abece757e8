using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>
/// The gradient of the mean squared error of a <see cref="DenseNetwork"/>. Its passes are explicit matrix products into reused buffers.
/// </summary>
internal sealed class Backpropagation : IDisposable
{
    private readonly NetworkShape _shape;
    private readonly DenseNetwork _network;
    private readonly DenseLayer[] _layers;
    private readonly DenseLayer[] _gradients;
    private readonly LayerProducts _products;
    private readonly LayerBuffers _deltas;

    /// <summary>Allocates the gradient of a network.</summary>
    /// <param name="shape">The layers of the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public Backpropagation(NetworkShape shape, DenseNetwork network, Execution execution)
    {
        _shape = shape;
        _network = network;
        Gradient = new NativeVector(shape.Layout.Count);
        _layers = DenseLayer.AllOf(network.Parameters, shape);
        _gradients = DenseLayer.AllOf(Gradient, shape);
        _products = new LayerProducts(execution);
        _deltas = new LayerBuffers(shape);
    }

    /// <summary>The gradient of the loss, after <see cref="ComputeGradient"/>.</summary>
    public NativeVector Gradient { get; }

    /// <summary>Computes the gradient of the loss of a batch.</summary>
    /// <param name="target">The rows to reconstruct, m x d.</param>
    /// <param name="input">The input of the network: the same rows, with or without noise.</param>
    /// <returns>The sum of the squared errors of the reconstruction.</returns>
    public double ComputeGradient(MatrixView target, MatrixView input)
    {
        var outputs = _network.Forward(input);
        var last = outputs.Length - 1;
        var delta = _deltas.Of(last, input.RowCount);
        var squaredErrors = _products.LossGradient(outputs[last], target, delta);
        for (var layer = last; layer > 0; layer--)
        {
            var layerInput = outputs[layer - 1];
            _products.ParameterGradients(layerInput, delta, _gradients[layer]);
            var inputDelta = _deltas.Of(layer - 1, input.RowCount);
            _products.InputGradient(delta, _layers[layer], layerInput, _shape.IsActivated(layer - 1), inputDelta);
            delta = inputDelta;
        }

        _products.ParameterGradients(input, delta, _gradients[0]);
        return squaredErrors;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _deltas.Dispose();
        Gradient.Dispose();
    }
}
