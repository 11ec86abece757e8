using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// Computes dense layers by libtorch, on any device, into existing tensors. The passes of a step are one native call of as few operations
/// as possible: on a GPU, small batches take as long as the launches of their operations.
/// </summary>
internal static class TensorLayerProducts
{
    /// <summary>
    /// Members of a joint network are matrices of a batched product. A single network has products that add the bias, and a ReLU if the
    /// device has it, in the same operation.
    /// </summary>
    private static readonly TensorScript Script = new(
        """
        def forward(rows: Tensor, weights: List[Tensor], biases: List[Tensor], outputs: List[Tensor],
                    first: int, end: int, code: int, fuses_relu: bool):
            source = rows
            for layer in range(first, end):
                output = outputs[layer]
                activated = layer != code and layer != len(weights) - 1
                if weights[layer].dim() == 3:
                    torch.baddbmm(biases[layer].unsqueeze(1), source, weights[layer], out=output)
                    if activated:
                        output.relu_()
                elif activated and fuses_relu:
                    torch._addmm_activation(biases[layer], source, weights[layer], out=output)
                else:
                    torch.addmm(biases[layer], source, weights[layer], out=output)
                    if activated:
                        output.relu_()
                source = output

        def loss_gradient(reconstruction: Tensor, target: Tensor, delta: Tensor, squared_errors: Tensor, scale: float):
            torch.sub(reconstruction, target, out=delta)
            if delta.dim() == 3:
                norms = torch.linalg_vector_norm(delta, 2, [1, 2])
                squared_errors.addcmul_(norms, norms)
            else:
                squared_errors.add_(torch.dot(delta.view(-1), delta.view(-1)))
            delta.mul_(scale)

        def backward(rows: Tensor, weights: List[Tensor], outputs: List[Tensor], deltas: List[Tensor],
                     weight_gradients: List[Tensor], bias_gradients: List[Tensor], code: int):
            for step in range(len(weights)):
                layer = len(weights) - 1 - step
                delta = deltas[layer]
                source = rows if layer == 0 else outputs[layer - 1]
                joint = delta.dim() == 3
                if joint:
                    torch.bmm(source.transpose(1, 2), delta, out=weight_gradients[layer])
                else:
                    torch.mm(source.t(), delta, out=weight_gradients[layer])
                torch.sum(delta, [-2], out=bias_gradients[layer])
                if layer > 0:
                    below = deltas[layer - 1]
                    if joint:
                        torch.bmm(delta, weights[layer].transpose(1, 2), out=below)
                    else:
                        torch.mm(delta, weights[layer].t(), out=below)
                    if layer - 1 != code:
                        torch.threshold_backward(below, source, 0.0, grad_input=below)

        def gradient(target: Tensor, rows: Tensor, weights: List[Tensor], biases: List[Tensor], outputs: List[Tensor],
                     deltas: List[Tensor], weight_gradients: List[Tensor], bias_gradients: List[Tensor],
                     code: int, fuses_relu: bool, squared_errors: Tensor, scale: float):
            forward(rows, weights, biases, outputs, 0, len(weights), code, fuses_relu)
            loss_gradient(outputs[-1], target, deltas[-1], squared_errors, scale)
            backward(rows, weights, outputs, deltas, weight_gradients, bias_gradients, code)
        """);

    /// <summary>Computes the outputs of consecutive layers.</summary>
    /// <param name="rows">The input of the first layer: m x inputs, or members x m x inputs.</param>
    /// <param name="layers">All layers of the network.</param>
    /// <param name="firstLayer">The index of the first layer.</param>
    /// <param name="endLayer">The index after the last layer.</param>
    /// <param name="codeLayer">The index of the layer of the code. A ReLU follows all others but the last one of the network.</param>
    /// <param name="outputs">Receive the outputs, m x outputs, of each layer of the network; others are unchanged.</param>
    public static void Forward(
        Tensor rows, TensorLayers layers, int firstLayer, int endLayer, int codeLayer, Tensor[] outputs) =>
        Script.Invoke(
            "forward", rows, layers.Weights, layers.Biases, outputs, firstLayer, endLayer, codeLayer, FusesRelu(rows));

    /// <summary>Computes the gradient of the mean squared error of the reconstruction, for each member separately.</summary>
    /// <param name="target">The rows to reconstruct: m x d, or members x m x d.</param>
    /// <param name="rows">The input of the network, of the same shape.</param>
    /// <param name="layers">All layers of the network.</param>
    /// <param name="gradients">Receive the gradients, in the shapes of the layers.</param>
    /// <param name="codeLayer">The index of the layer of the code.</param>
    /// <param name="workspace">The outputs of the layers, and the derivatives by them.</param>
    /// <param name="squaredErrors">A scalar, or one value for each member, to which the sum of the squared errors is added.</param>
    public static void Gradient(
        Tensor target,
        Tensor rows,
        TensorLayers layers,
        TensorLayers gradients,
        int codeLayer,
        TensorWorkspace workspace,
        Tensor squaredErrors) =>
        Script.Invoke(
            "gradient",
            target,
            rows,
            layers.Weights,
            layers.Biases,
            workspace.Outputs,
            workspace.Deltas,
            gradients.Weights,
            gradients.Biases,
            codeLayer,
            FusesRelu(rows),
            squaredErrors,
            2.0 / (target.shape[^1] * target.shape[^2]));

    /// <summary>libtorch has the fused operation for processors and NVIDIA GPUs only.</summary>
    private static bool FusesRelu(Tensor rows) => rows.device_type is TorchSharp.DeviceType.CPU or TorchSharp.DeviceType.CUDA;
}
