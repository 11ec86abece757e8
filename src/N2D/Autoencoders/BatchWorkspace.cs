using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// The buffers of a pass over so many rows: each layer's output and, for training, the loss's derivative by it. They belong to the dispose scope that
/// the workspace is made in.
/// </summary>
internal sealed class BatchWorkspace
{
    private BatchWorkspace(int rowCount, Tensor[] activations, Tensor[] deltas, Tensor ones)
    {
        RowCount = rowCount;
        Activations = activations;
        Deltas = deltas;
        Ones = ones;
    }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The rows themselves, and the output of each layer.</summary>
    public Tensor[] Activations { get; }

    /// <summary>The loss's derivative by each activation; by the rows themselves nobody wants it, so that the first is empty. None for encoding.</summary>
    public Tensor[] Deltas { get; }

    /// <summary>As many ones as rows; a product with them sums over the rows.</summary>
    public Tensor Ones { get; }

    /// <summary>Makes the buffers for training.</summary>
    public static BatchWorkspace ForTraining(NetworkShape shape, int rowCount, Device device) => new(
        rowCount,
        [.. Enumerable.Range(0, shape.LayerCount + 1).Select(layer => Buffer(rowCount, Width(shape, layer), device))],
        [.. Enumerable.Range(0, shape.LayerCount + 1).Select(layer => Buffer(layer == 0 ? 0 : rowCount, Width(shape, layer), device))],
        ones(rowCount, device: device));

    /// <summary>Makes the buffers of a forward pass through the first layers.</summary>
    public static BatchWorkspace ForInference(NetworkShape shape, int endLayer, int rowCount, Device device) => new(
        rowCount,
        [.. Enumerable.Range(0, endLayer + 1).Select(layer => Buffer(rowCount, Width(shape, layer), device))],
        [],
        zeros(0, device: device));

    private static int Width(NetworkShape shape, int activation) => activation == 0 ? shape.InputDimension : shape.Outputs(activation - 1);

    private static Tensor Buffer(int rows, int columns, Device device) => zeros(rows, columns, device: device);
}
