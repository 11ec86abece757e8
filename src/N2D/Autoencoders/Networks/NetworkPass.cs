using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Runs rows through a part of a network in blocks, so that memory does not grow with their number.</summary>
internal static class NetworkPass
{
    private const int RowsPerPass = 1024;

    /// <summary>Receives a block of output rows.</summary>
    /// <param name="start">The index of the block's first row.</param>
    /// <param name="rows">The values of the rows. Not valid after the call.</param>
    public delegate void RowTarget(int start, ReadOnlySpan<float> rows);

    /// <summary>Runs rows through a part of a network and returns the outputs in memory.</summary>
    /// <param name="part">Encodes or decodes m rows on the device, or does both.</param>
    /// <param name="device">The network's device.</param>
    /// <param name="rows">n rows.</param>
    /// <param name="outputDimension">The number of columns of the output.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The n output rows.</returns>
    /// <exception cref="N2DException">The outputs are more than an array can hold (<c>TooManyValues</c>).</exception>
    public static Matrix Run(Func<Tensor, Tensor> part, Device device, IDataMatrix rows, int outputDimension, Execution execution)
    {
        if ((long)rows.RowCount * outputDimension > Array.MaxLength)
        {
            throw new N2DException(
                "TooManyValues",
                ErrorKind.OutOfResources,
                $"{rows.RowCount} rows of {outputDimension} values are more than an array in memory can hold. Write the codes to "
                    + "a file instead.",
                rows.RowCount);
        }

        var outputs = new float[rows.RowCount * outputDimension];
        Run(part, device, rows, execution, (start, block) => block.CopyTo(outputs.AsSpan(start * outputDimension)));
        return Matrix.Own(outputs, outputDimension);
    }

    /// <summary>Runs rows through a part of a network.</summary>
    /// <param name="part">Encodes or decodes m rows on the device, or does both.</param>
    /// <param name="device">The network's device.</param>
    /// <param name="rows">n rows.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <param name="target">Receives the output rows, in order.</param>
    public static void Run(Func<Tensor, Tensor> part, Device device, IDataMatrix rows, Execution execution, RowTarget target)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var buffer = zeros(Math.Min(RowsPerPass, rows.RowCount), rows.ColumnCount);
        for (var start = 0L; start < rows.RowCount; start += RowsPerPass)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            using var pass = NewDisposeScope();
            var input = buffer.narrow(0, 0, Math.Min(RowsPerPass, rows.RowCount - start));
            rows.CopyRows((int)start, MemoryMarshal.Cast<byte, float>(input.bytes));
            target((int)start, MemoryMarshal.Cast<byte, float>(part(input.to(device)).contiguous().cpu().bytes));
            execution.Report($"running {rows.RowCount} rows through the network", (double)start / rows.RowCount);
        }
    }
}
