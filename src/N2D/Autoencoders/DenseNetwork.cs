using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// A dense autoencoder on a device, its parameters in one flat tensor and its gradient in another; forward and backward passes are written out
/// as matrix products into buffers that are kept, so that a step allocates nothing and the optimiser sees one vector.
/// All of them belong to the dispose scope that the network is made in.
/// </summary>
internal sealed class DenseNetwork
{
    private readonly NetworkShape _shape;
    private readonly Layer[] _layers;

    /// <summary>Puts a network on a device.</summary>
    /// <param name="shape">Its widths.</param>
    /// <param name="parameters">All weights and biases, as the shape lays them out; copied.</param>
    /// <param name="device">Where to.</param>
    public DenseNetwork(NetworkShape shape, float[] parameters, Device device)
    {
        _shape = shape;
        using var copy = tensor(parameters);
        Parameters = copy.to(device);
        Gradient = zeros(shape.ParameterCount, device: device);
        _layers = new Layer[shape.LayerCount];
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            _layers[layer] = new Layer(shape, layer, Parameters, Gradient);
        }
    }

    /// <summary>All weights and biases.</summary>
    public Tensor Parameters { get; }

    /// <summary>The loss's derivative by each of them, after <see cref="Backward"/>.</summary>
    public Tensor Gradient { get; }

    /// <summary>Runs the first layers on the rows in a workspace.</summary>
    /// <param name="workspace">Holds the rows, and takes each layer's output.</param>
    /// <param name="layerCount">How many layers: the encoder's for the code, all for the reconstruction.</param>
    public void Forward(BatchWorkspace workspace, int layerCount)
    {
        for (var layer = 0; layer < layerCount; layer++)
        {
            var output = workspace.Activations[layer + 1];
            output.copy_(_layers[layer].Bias);
            output.addmm_(workspace.Activations[layer], _layers[layer].Weights, 1, 1);
            if (_shape.IsRectified(layer))
            {
                output.relu_();
            }
        }
    }

    /// <summary>
    /// Computes the gradient of the mean squared error of the reconstruction that <see cref="Forward"/> made, and adds the sum of squared errors
    /// to a tensor. Uses up the workspace's activations.
    /// </summary>
    public void Backward(BatchWorkspace workspace, Tensor squaredErrors)
    {
        var last = _layers.Length - 1;
        var delta = workspace.Deltas[last + 1];
        delta.copy_(workspace.Activations[last + 1]);
        delta.sub_(workspace.Activations[0]);
        squaredErrors.add_(delta.view(-1).dot(delta.view(-1)));
        delta.mul_(2f / (workspace.RowCount * _shape.InputDimension));
        for (var layer = last; layer >= 0; layer--)
        {
            delta = workspace.Deltas[layer + 1];
            var input = workspace.Activations[layer];
            _layers[layer].WeightGradient.addmm_(input.t(), delta, 0, 1);
            _layers[layer].BiasGradient.addmv_(delta.t(), workspace.Ones, 0, 1);
            if (layer == 0)
            {
                break;
            }

            var before = workspace.Deltas[layer];
            before.addmm_(delta, _layers[layer].Weights.t(), 0, 1);
            if (_shape.IsRectified(layer - 1))
            {
                // A rectified output's sign is the ReLU's derivative, and nobody needs the output itself any more.
                before.mul_(input.sign_());
            }
        }
    }

    /// <summary>The views of one layer into the flat tensors.</summary>
    private sealed class Layer
    {
        public Layer(NetworkShape shape, int layer, Tensor parameters, Tensor gradient)
        {
            var (inputs, outputs) = (shape.Inputs(layer), shape.Outputs(layer));
            Weights = View(parameters, shape.WeightOffset(layer), inputs, outputs);
            WeightGradient = View(gradient, shape.WeightOffset(layer), inputs, outputs);
            Bias = View(parameters, shape.BiasOffset(layer), outputs);
            BiasGradient = View(gradient, shape.BiasOffset(layer), outputs);
        }

        public Tensor Weights { get; }

        public Tensor WeightGradient { get; }

        public Tensor Bias { get; }

        public Tensor BiasGradient { get; }

        private static Tensor View(Tensor flat, int offset, params long[] sizes) =>
            flat.narrow(0, offset, sizes.Aggregate((product, size) => product * size)).view(sizes);
    }
}
