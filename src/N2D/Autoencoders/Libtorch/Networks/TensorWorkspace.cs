using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// The tensors of a training step for one batch size. They belong to the dispose scope in which they are created.
/// </summary>
internal sealed class TensorWorkspace
{
    private TensorWorkspace(Tensor[] outputs, Tensor[] deltas)
    {
        Outputs = outputs;
        Deltas = deltas;
    }

    /// <summary>The output of each layer, m x outputs.</summary>
    public Tensor[] Outputs { get; }

    /// <summary>The derivative of the loss by each output.</summary>
    public Tensor[] Deltas { get; }

    /// <summary>Allocates the tensors of a training step.</summary>
    public static TensorWorkspace ForTraining(NetworkShape shape, int rowCount, Device device) =>
        new(AllocateOutputs(shape, rowCount, device), AllocateOutputs(shape, rowCount, device));

    /// <summary>Allocates a tensor for the output of each layer.</summary>
    public static Tensor[] AllocateOutputs(NetworkShape shape, int rowCount, Device device) =>
        [.. Enumerable.Range(0, shape.LayerCount).Select(layer => zeros(rowCount, shape.Outputs(layer), device: device))];
}
