using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>Rows on their way through the fitted stages, some thousand at a time: what lies between two stages takes memory that does not grow with their number.</summary>
/// <param name="Rows">What the last stage made of them.</param>
/// <param name="Distances">Of each stage, how far each row lies from what it was fitted to; null where it cannot tell.</param>
internal sealed record PipelineRun(Matrix Rows, float[]?[] Distances)
{
    /// <summary>A multiple of the rows that networks take at once, so that blocks change no product's shape.</summary>
    private const int RowsPerBlock = 8192;

    /// <summary>Runs rows through stages.</summary>
    /// <param name="rows">n rows, wherever they lie.</param>
    /// <param name="stages">The stages in order.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static PipelineRun Of(IDataMatrix rows, IReadOnlyList<FittedStage> stages, Execution execution) =>
        Of(rows, stages, RowsPerBlock, (stage, block, part) => stage.Measure(block, part), execution);

    /// <summary>Runs rows of the fit through its stages, each told of as if it had been left out. All at once: the stages compare them with each other.</summary>
    /// <param name="rows">n rows, drawn at random from those of the fit, or all of these.</param>
    /// <param name="stages">The stages in order.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static PipelineRun OfLeftOut(IDataMatrix rows, IReadOnlyList<FittedStage> stages, Execution execution) =>
        Of(rows, stages, rows.RowCount, (stage, block, part) => stage.MeasureLeftOut(block, part), execution);

    private static PipelineRun Of(
        IDataMatrix rows, IReadOnlyList<FittedStage> stages, int rowsPerBlock, Func<FittedStage, Matrix, Execution, MeasuredRows> measure, Execution execution)
    {
        if (stages.Count == 0)
        {
            return new PipelineRun(rows.InMemory("what is to be clustered", MachineMemory.FreeBytes, execution), []);
        }

        var outputs = new float[(long)rows.RowCount * stages[^1].OutputDimension];
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

    private static MeasuredRows Measure(Func<FittedStage, Matrix, Execution, MeasuredRows> measure, FittedStage stage, Matrix block, int start, Execution execution)
    {
        try
        {
            return measure(stage, block, execution);
        }
        catch (N2DException error) when (start > 0 && error.Target is int)
        {
            // The stage counts the rows of the block.
            throw new N2DException(error.Id, error.Kind, $"Counted from row {start + 1}: {error.Message}", error.Target, error);
        }
    }

    /// <summary>How a stage's work on a block runs: its progress is a part of the whole's, and what it has to say it says once.</summary>
    private static Execution PartOf(Execution execution, int start, int count, int rowCount, int stage, int stageCount)
    {
        var share = (double)count / rowCount / stageCount;
        var done = ((double)start / rowCount) + (stage * share);
        return execution with
        {
            Progress = new PartProgress(execution, done, share),
            Explain = start == 0 ? execution.Explain : null,
        };
    }

    private sealed class PartProgress(Execution whole, double done, double share) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => whole.Report(value.Status, done + (share * value.Fraction));
    }
}
