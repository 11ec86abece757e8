using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Runs rows through a part of a network, some at a time, in memory that does not grow with their number.</summary>
internal static class NetworkPass
{
    private const int RowsPerPass = 1024;

    /// <summary>Runs the layers from the first to the one before the end.</summary>
    /// <param name="network">The network, on its device.</param>
    /// <param name="shape">Its widths.</param>
    /// <param name="endLayer">The encoder's layer count for the code; all layers for the reconstruction.</param>
    /// <param name="rows">n x inputs.</param>
    /// <param name="execution">Cancellation.</param>
    /// <returns>n x outputs.</returns>
    public static Matrix Run(DenseNetwork network, NetworkShape shape, int endLayer, Matrix rows, Execution execution)
    {
        var width = shape.Outputs(endLayer - 1);
        var outputs = new float[rows.RowCount * width];
        for (var start = 0; start < rows.RowCount; start += RowsPerPass)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(RowsPerPass, rows.RowCount - start);
            using var pass = NewDisposeScope();
            var workspace = BatchWorkspace.ForInference(shape, endLayer, count, network.Parameters.device);
            workspace.Activations[0].copy_(tensor(rows.RowRange(start, count).ToArray()).view(count, rows.ColumnCount));
            network.Forward(workspace, endLayer);
            MemoryMarshal.Cast<byte, float>(workspace.Activations[endLayer].cpu().bytes).CopyTo(outputs.AsSpan(start * width));
        }

        return Matrix.Own(outputs, width);
    }
}
