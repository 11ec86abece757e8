using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>Runs rows through a part of a network in blocks, so that memory does not grow with their number.</summary>
internal static class NetworkPass
{
    private const int RowsPerPass = 1024;

    /// <summary>A part of a network.</summary>
    /// <param name="input">m input rows.</param>
    /// <param name="output">Receives the m output rows.</param>
    public delegate void Part(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Receives a block of output rows.</summary>
    /// <param name="start">The index of the block's first row.</param>
    /// <param name="rows">The values of the rows. Not valid after the call.</param>
    public delegate void RowTarget(int start, ReadOnlySpan<float> rows);

    /// <summary>Runs rows through a part of a network and returns the outputs in memory.</summary>
    /// <param name="part">Encodes or decodes m rows, or does both.</param>
    /// <param name="rows">n rows.</param>
    /// <param name="outputDimension">The number of columns of the output.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The n output rows.</returns>
    /// <exception cref="N2DException">The outputs are more than an array can hold (<c>TooManyValues</c>).</exception>
    public static Matrix Run(Part part, IDataMatrix rows, int outputDimension, Execution execution)
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
        Run(part, rows, outputDimension, execution, (start, block) => block.CopyTo(outputs.AsSpan(start * outputDimension)));
        return Matrix.Own(outputs, outputDimension);
    }

    /// <summary>Runs rows through a part of a network.</summary>
    /// <param name="part">Encodes or decodes m rows, or does both.</param>
    /// <param name="rows">n rows.</param>
    /// <param name="outputDimension">The number of columns of the output.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <param name="target">Receives the output rows, in order.</param>
    public static void Run(Part part, IDataMatrix rows, int outputDimension, Execution execution, RowTarget target)
    {
        var rowsPerPass = Math.Clamp(Array.MaxLength / Math.Max(rows.ColumnCount, outputDimension), 1, RowsPerPass);
        rowsPerPass = Math.Min(rowsPerPass, rows.RowCount);
        var input = new float[rowsPerPass * rows.ColumnCount];
        var output = new float[rowsPerPass * outputDimension];
        for (var start = 0L; start < rows.RowCount; start += rowsPerPass)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(rowsPerPass, rows.RowCount - start);
            var (block, result) = (input.AsMemory(0, count * rows.ColumnCount), output.AsMemory(0, count * outputDimension));
            rows.CopyRows((int)start, block.Span);
            part(block.Span, result.Span);
            target((int)start, result.Span);
            execution.Report($"running {rows.RowCount} rows through the network", (double)start / rows.RowCount);
        }
    }
}
