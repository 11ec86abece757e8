using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// The buffers of a training step on so many rows. They belong to the dispose scope that the workspace is made in.
/// </summary>
internal sealed class BatchWorkspace
{
    private BatchWorkspace(Tensor[] outputs, Tensor[] deltas)
    {
        Outputs = outputs;
        Deltas = deltas;
    }

    /// <summary>The output of each layer.</summary>
    public Tensor[] Outputs { get; }

    /// <summary>The loss's derivative by each of them.</summary>
    public Tensor[] Deltas { get; }

    /// <summary>Makes the buffers of a training step.</summary>
    public static BatchWorkspace ForTraining(NetworkShape shape, int rowCount, Device device) =>
        new(Buffers(shape, rowCount, device), Buffers(shape, rowCount, device));

    /// <summary>Makes room for the output of each layer.</summary>
    public static Tensor[] Buffers(NetworkShape shape, int rowCount, Device device) =>
        [.. Enumerable.Range(0, shape.LayerCount).Select(layer => zeros(rowCount, shape.Outputs(layer), device: device))];
}
