using System.Numerics;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// The output of fitted stages. Rows go through the stages in blocks, so the memory of intermediate rows does not grow with their number.
/// </summary>
/// <param name="Rows">The output of the last stage.</param>
/// <param name="Distances">For each stage, the distance of each row from the training data; null if the stage does not measure it.</param>
internal sealed record PipelineRun(Matrix Rows, float[]?[] Distances)
{
    /// <summary>A multiple of the block size of networks, so that the shapes of products do not depend on the blocks.</summary>
    private const int RowsPerBlock = 8192;

    /// <summary>The largest number of values in a block: 1 GiB. Blocks of more than 32,768 columns have fewer rows.</summary>
    private const int ValuesPerBlock = 1 << 28;

    /// <summary>Runs the rows of a data set through stages.</summary>
    /// <param name="dataset">The rows, in memory or in a file, with the columns of the fit.</param>
    /// <param name="stages">The stages in order.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation.</param>
    /// <param name="rowsPerBlock">The number of rows in a block. The results do not depend on it.</param>
    public static PipelineRun Of(
        Dataset dataset, IReadOnlyList<FittedStage> stages, Execution execution, int rowsPerBlock = RowsPerBlock) =>
        InBlocks(dataset, stages, rowsPerBlock, (stage, block, part) => stage.Measure(block, part), execution);

    /// <summary>Runs the rows of a data set through stages, without measuring their distances.</summary>
    /// <param name="dataset">The rows, in memory or in a file, with the columns of the fit.</param>
    /// <param name="stages">The stages in order.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation.</param>
    /// <returns>The output of the last stage.</returns>
    public static Matrix RowsOf(Dataset dataset, IReadOnlyList<FittedStage> stages, Execution execution) =>
        InBlocks(
            dataset, stages, RowsPerBlock, (stage, block, part) => new MeasuredRows(stage.Transform(block, part), null), execution).Rows;

    /// <summary>
    /// Runs training rows through the stages and measures the distance of each as if it was left out of the fit. All rows are in one
    /// block, because the stages compare them with each other.
    /// </summary>
    /// <param name="rows">A random sample of the training rows, or all of them.</param>
    /// <param name="stages">The stages in order.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static PipelineRun OfLeftOut(IDataMatrix rows, IReadOnlyList<FittedStage> stages, Execution execution) =>
        Of(rows, stages, rows.RowCount, (stage, block, part) => stage.MeasureLeftOut(block, part), execution);

    /// <summary>The number of rows in a block: fewer than usual if they are wide.</summary>
    /// <param name="rowsPerBlock">The usual number of rows.</param>
    /// <param name="widths">The number of columns of the rows, and of the output of each stage.</param>
    internal static int RowsOfBlock(int rowsPerBlock, params IEnumerable<int> widths)
    {
        var most = Math.Max(1, ValuesPerBlock / widths.Max());

        // A power of two: small ones divide the block size of networks, and large ones are multiples of it.
        return Math.Min(rowsPerBlock, 1 << BitOperations.Log2((uint)most));
    }

    private static PipelineRun InBlocks(
        Dataset dataset, IReadOnlyList<FittedStage> stages, int rowsPerBlock, Func<FittedStage, Matrix, Execution, MeasuredRows> measure,
        Execution execution)
    {
        var own = new List<FittedStage>();
        foreach (var stage in stages)
        {
            own.Add(stage.For(dataset, rows => own.Aggregate(rows, (block, before) => before.Transform(block, execution)), execution));
        }

        var rows = dataset.GetRawMatrix();
        return Of(
            rows, own, RowsOfBlock(rowsPerBlock, [rows.ColumnCount, .. own.Select(stage => stage.OutputDimension)]), measure, execution);
    }

    private static PipelineRun Of(
        IDataMatrix rows, IReadOnlyList<FittedStage> stages, int rowsPerBlock, Func<FittedStage, Matrix, Execution, MeasuredRows> measure,
        Execution execution)
    {
        if (stages.Count == 0)
        {
            return new PipelineRun(rows.InMemory("the rows to cluster", MachineMemory.FreeBytes, execution), []);
        }

        var outputs = new float[ArraySize.Of(rows.RowCount, stages[^1].OutputDimension)];
        var distances = new float[]?[stages.Count];
        for (var start = 0; start < rows.RowCount; start += rowsPerBlock)
        {
            var count = Math.Min(rowsPerBlock, rows.RowCount - start);
            var block = rows is Matrix whole && count == rows.RowCount ? whole : Block(rows, start, count);
            for (var stage = 0; stage < stages.Count; stage++)
            {
                var part = PartOf(execution, start, count, rows.RowCount, stage, stages.Count);
                (block, var ofBlock) = Measure(measure, stages[stage], block, start, part);
                if (ofBlock is not null)
                {
                    distances[stage] ??= new float[rows.RowCount];
                    ofBlock.CopyTo(distances[stage].AsSpan(start));
                }
            }

            block.Values.CopyTo(outputs.AsSpan(start * block.ColumnCount));
        }

        return new PipelineRun(Matrix.Own(outputs, stages[^1].OutputDimension), distances);
    }

    private static Matrix Block(IDataMatrix rows, int start, int count)
    {
        var values = GC.AllocateUninitializedArray<float>(count * rows.ColumnCount);
        rows.CopyRows(start, values);
        return Matrix.Own(values, rows.ColumnCount);
    }

    private static MeasuredRows Measure(
        Func<FittedStage, Matrix, Execution, MeasuredRows> measure, FittedStage stage, Matrix block, int start, Execution execution)
    {
        try
        {
            return measure(stage, block, execution);
        }
        catch (N2DException error) when (start > 0 && error.Target is int)
        {
            // The stage numbers the rows within the block.
            throw new N2DException(error.Id, error.Kind, $"In the rows from row {start + 1} on: {error.Message}", error.Target, error)
            {
                Options = error.Options,
            };
        }
    }

    /// <summary>
    /// Returns the execution of a stage on a block. Progress is scaled to the whole, and explanations are reported for the first block
    /// only.
    /// </summary>
    private static Execution PartOf(Execution execution, int start, int count, int rowCount, int stage, int stageCount)
    {
        var share = (double)count / rowCount / stageCount;
        var done = ((double)start / rowCount) + (stage * share);
        return execution.Part(done, done + share) with { Explain = start == 0 ? execution.Explain : null };
    }
}
