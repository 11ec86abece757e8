using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>
/// A dense autoencoder with ReLU activations on the processor, without libtorch. A pass consists of matrix products into reused buffers.
/// </summary>
internal sealed unsafe class DenseNetwork : INetwork
{
    private readonly NetworkShape _shape;
    private readonly DenseLayer[] _layers;
    private readonly LayerProducts _products;
    private readonly LayerBuffers _outputs;
    private readonly Execution _execution;

    /// <summary>Creates a network.</summary>
    /// <param name="shape">The layers.</param>
    /// <param name="parameters">All weights and biases in the layout of the shape; copied.</param>
    /// <param name="execution">Threads and cancellation of the passes.</param>
    public DenseNetwork(NetworkShape shape, ReadOnlySpan<float> parameters, Execution execution)
    {
        _shape = shape;
        Parameters = new NativeVector(shape.Layout.Count);
        parameters.CopyTo(Parameters.Span);
        _layers = DenseLayer.AllOf(Parameters, shape);
        _products = new LayerProducts(execution.ThreadCount);
        _outputs = new LayerBuffers(shape);
        _execution = execution;
    }

    /// <summary>All weights and biases.</summary>
    public NativeVector Parameters { get; }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<float> rows, Span<float> codes) => Run(rows, 0, _shape.EncoderLayerCount, codes);

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<float> codes, Span<float> rows) => Run(codes, _shape.EncoderLayerCount, _shape.LayerCount, rows);

    /// <inheritdoc/>
    public void Reconstruct(ReadOnlySpan<float> rows, Span<float> reconstruction) => Run(rows, 0, _shape.LayerCount, reconstruction);

    /// <summary>Adds the phases that compute the output of each layer. The outputs are valid until the next pass.</summary>
    /// <param name="phases">The phases before, to which those of this pass are added.</param>
    /// <param name="input">m x d.</param>
    /// <returns>The output of each layer, m x outputs.</returns>
    public MatrixView[] AddPass(List<IJobSet[]> phases, MatrixView input)
    {
        var outputs = new MatrixView[_layers.Length];
        for (var layer = 0; layer < outputs.Length; layer++)
        {
            outputs[layer] = _outputs.Of(layer, input.RowCount);
            phases.Add([Forward(layer == 0 ? input : outputs[layer - 1], layer, outputs[layer])]);
        }

        return outputs;
    }

    /// <summary>Computes the output of the last layer. It is valid until the next pass.</summary>
    /// <param name="input">m x d.</param>
    /// <returns>m x d.</returns>
    public MatrixView Reconstruct(MatrixView input)
    {
        var phases = new List<IJobSet[]>();
        var outputs = AddPass(phases, input);
        ParallelPhases.Run(phases, _execution);
        return outputs[^1];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _outputs.Dispose();
        Parameters.Dispose();
    }

    private void Run(ReadOnlySpan<float> input, int firstLayer, int endLayer, Span<float> output)
    {
        var rowCount = input.Length / _shape.Inputs(firstLayer);
        fixed (float* first = input, last = output)
        {
            var values = MatrixView.Of(first, rowCount, _shape.Inputs(firstLayer));
            var phases = new List<IJobSet[]>();
            for (var layer = firstLayer; layer < endLayer; layer++)
            {
                var result = layer == endLayer - 1
                    ? MatrixView.Of(last, rowCount, _shape.Outputs(layer))
                    : _outputs.Of(layer, rowCount);
                phases.Add([Forward(values, layer, result)]);
                values = result;
            }

            ParallelPhases.Run(phases, _execution);
        }
    }

    private IJobSet Forward(MatrixView input, int layer, MatrixView output) =>
        _products.Forward(input, _layers[layer], _shape.IsActivated(layer), output);
}
