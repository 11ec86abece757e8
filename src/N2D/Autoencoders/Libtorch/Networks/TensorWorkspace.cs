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

    /// <summary>The output of each layer, m x outputs, or members x m x outputs.</summary>
    public Tensor[] Outputs { get; }

    /// <summary>The derivative of the loss by each output.</summary>
    public Tensor[] Deltas { get; }

    /// <summary>Allocates the tensors of a training step.</summary>
    /// <param name="shape">The layers.</param>
    /// <param name="rows">The sizes before the columns: the number of rows, m, or the numbers of members and of rows of each.</param>
    /// <param name="device">The device.</param>
    public static TensorWorkspace ForTraining(NetworkShape shape, long[] rows, Device device) =>
        new(AllocateOutputs(shape, rows, device), AllocateOutputs(shape, rows, device));

    /// <summary>Allocates a tensor for the output of each layer.</summary>
    /// <inheritdoc cref="ForTraining"/>
    public static Tensor[] AllocateOutputs(NetworkShape shape, long[] rows, Device device) =>
        [.. Enumerable.Range(0, shape.LayerCount).Select(layer => zeros([.. rows, shape.Outputs(layer)], device: device))];
}
