using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Models;

/// <summary>A stage that doubles all values, and counts how often distances are measured.</summary>
/// <param name="dimension">The number of columns.</param>
internal sealed class Doubled(int dimension) : FittedStage
{
    public int MeasureCount { get; private set; }

    public override string Name => "Doubled";

    public override StageRole Role => StageRole.Scaling;

    public override int InputDimension => dimension;

    public override int OutputDimension => dimension;

    public override int Seed => 0;

    public override Matrix Transform(Matrix rows, Execution execution) =>
        Matrix.Own([.. rows.Values.ToArray().Select(value => 2 * value)], dimension);

    public override MeasuredRows Measure(Matrix rows, Execution execution)
    {
        MeasureCount++;
        return new(Transform(rows, execution), [.. Enumerable.Repeat(1f, rows.RowCount)]);
    }

    public override Embedding Refit(Embedding input, int seed, Execution execution) =>
        input.Append(this, Transform(input.GetRows(execution), execution));
}
