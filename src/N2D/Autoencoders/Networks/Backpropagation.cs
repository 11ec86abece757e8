using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>
/// The gradient of the mean squared error of a <see cref="DenseNetwork"/>. Its passes are explicit matrix products into reused buffers, and
/// one team of threads runs all of them.
/// </summary>
internal sealed class Backpropagation : IDisposable
{
    private readonly NetworkShape _shape;
    private readonly DenseNetwork _network;
    private readonly DenseLayer[] _layers;
    private readonly LayerProducts _products;
    private readonly LayerBuffers _deltas;
    private readonly Execution _execution;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="shape">The layers of the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public Backpropagation(NetworkShape shape, DenseNetwork network, Execution execution)
    {
        _shape = shape;
        _network = network;
        _layers = DenseLayer.AllOf(network.Parameters, shape);
        _products = new LayerProducts(execution.ThreadCount);
        _deltas = new LayerBuffers(shape);
        _execution = execution;
    }

    /// <summary>Computes the gradient of the loss of a batch.</summary>
    /// <param name="target">The rows to reconstruct, m x d.</param>
    /// <param name="input">The input of the network: the same rows, with or without noise.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <returns>The sum of the squared errors of the reconstruction.</returns>
    public double ComputeGradient(MatrixView target, MatrixView input, IGradientTarget gradient)
    {
        var phases = new List<IJobSet[]>();
        var outputs = _network.AddPass(phases, input);
        var last = outputs.Length - 1;
        var loss = new LossGradient(outputs[last], target, DeltaOf(last));
        phases.Add([loss]);
        for (var layer = last; layer > 0; layer--)
        {
            var inputGradient = _products.InputGradient(
                DeltaOf(layer), _layers[layer], InputOf(layer), _shape.IsActivated(layer - 1), DeltaOf(layer - 1));

            // A layer's weights may be updated as soon as their gradient is known, so it comes after the input gradient, which needs them.
            phases.Add(layer == last ? [inputGradient] : [inputGradient, .. ParameterGradients(layer + 1)]);
        }

        phases.Add(last == 0 ? [.. ParameterGradients(0)] : [.. ParameterGradients(1), .. ParameterGradients(0)]);
        ParallelPhases.Run(phases, _execution);
        return loss.SquaredErrors;

        MatrixView InputOf(int layer) => layer == 0 ? input : outputs[layer - 1];

        MatrixView DeltaOf(int layer) => _deltas.Of(layer, input.RowCount);

        IJobSet[] ParameterGradients(int layer) =>
        [
            _products.WeightGradient(InputOf(layer), DeltaOf(layer), _shape.Weights(layer).Offset, gradient),
            LayerProducts.BiasGradient(DeltaOf(layer), _shape.Biases(layer).Offset, gradient),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _deltas.Dispose();
}
