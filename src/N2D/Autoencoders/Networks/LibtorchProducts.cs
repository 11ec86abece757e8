using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>The products of dense layers by libtorch, into tensors that are there: on any device, and a step allocates nothing.</summary>
internal sealed class LibtorchProducts : ILayerProducts
{
    /// <summary>By the number of rows, as many ones: a product with them sums over the rows.</summary>
    private readonly Dictionary<long, Tensor> _ones;

    /// <summary>Prepares for gradients. The tensors belong to the dispose scope that this is made in.</summary>
    /// <param name="device">The device.</param>
    /// <param name="batchSizes">The numbers of rows that gradients will be asked for.</param>
    public LibtorchProducts(Device device, IEnumerable<int> batchSizes) => _ones = batchSizes.ToDictionary(size => (long)size, size => ones(size, device: device));

    /// <inheritdoc/>
    public void Forward(Tensor input, DenseLayer layer, bool isActivated, Tensor output)
    {
        output.copy_(layer.Bias);
        output.addmm_(input, layer.Weights, 1, 1);
        if (isActivated)
        {
            output.relu_();
        }
    }

    /// <inheritdoc/>
    public void ParameterGradients(Tensor input, Tensor delta, DenseLayer layer)
    {
        layer.WeightGradient.addmm_(input.t(), delta, 0, 1);
        layer.BiasGradient.addmv_(delta.t(), _ones[delta.shape[0]], 0, 1);
    }

    /// <inheritdoc/>
    public void InputGradient(Tensor delta, DenseLayer layer, Tensor input, bool isActivated, Tensor inputDelta)
    {
        inputDelta.addmm_(delta, layer.Weights.t(), 0, 1);
        if (isActivated)
        {
            // A rectified output's sign is the ReLU's derivative, and nobody needs the output itself any more.
            inputDelta.mul_(input.sign_());
        }
    }

    /// <inheritdoc/>
    public void LossGradient(Tensor reconstruction, Tensor rows, Tensor delta, Tensor squaredErrors)
    {
        delta.copy_(reconstruction);
        delta.sub_(rows);
        squaredErrors.add_(delta.view(-1).dot(delta.view(-1)));
        delta.mul_(2f / rows.numel());
    }
}
