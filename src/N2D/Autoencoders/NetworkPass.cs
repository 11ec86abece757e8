using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Runs rows through a part of a network, some at a time, in memory that does not grow with their number.</summary>
internal static class NetworkPass
{
    private const int RowsPerPass = 1024;

    /// <summary>Runs rows through.</summary>
    /// <param name="part">Encodes, decodes or both: m rows on the device to as many.</param>
    /// <param name="device">The network's device.</param>
    /// <param name="rows">n rows.</param>
    /// <param name="outputDimension">The columns that come out.</param>
    /// <param name="execution">Cancellation.</param>
    /// <returns>n rows of what comes out.</returns>
    public static Matrix Run(Func<Tensor, Tensor> part, Device device, Matrix rows, int outputDimension, Execution execution)
    {
        using var noGradient = no_grad();
        var outputs = new float[rows.RowCount * outputDimension];
        for (var start = 0; start < rows.RowCount; start += RowsPerPass)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(RowsPerPass, rows.RowCount - start);
            using var pass = NewDisposeScope();
            var input = tensor(rows.RowRange(start, count).ToArray()).view(count, rows.ColumnCount).to(device);
            MemoryMarshal.Cast<byte, float>(part(input).contiguous().cpu().bytes).CopyTo(outputs.AsSpan(start * outputDimension));
        }

        return Matrix.Own(outputs, outputDimension);
    }
}
