using ILGPU.Runtime;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>A block of new rows on its way to and from a GPU, where values are by column.</summary>
/// <param name="rowCount">The number of rows for which there is space.</param>
/// <param name="neighborCount">k.</param>
/// <param name="dimension">c.</param>
internal sealed class PlacementBlock(int rowCount, int neighborCount, int dimension)
{
    private readonly float[] _positions = new float[rowCount * dimension];
    private readonly int[] _edgeCounts = new int[rowCount];
    private readonly int[] _tails = new int[rowCount * neighborCount];
    private readonly float[] _rates = new float[rowCount * neighborCount];
    private readonly RandomSequence[] _random = new RandomSequence[rowCount];

    /// <summary>Sets a row that was started.</summary>
    /// <param name="index">Its index in the block.</param>
    /// <param name="placement">Its start and edges.</param>
    /// <param name="row">Its d values.</param>
    public void Set(int index, OutOfSamplePlacement placement, ReadOnlySpan<float> row)
    {
        for (var column = 0; column < dimension; column++)
        {
            _positions[(column * rowCount) + index] = placement.Coordinates[column];
        }

        _edgeCounts[index] = placement.Tails.Length;
        for (var edge = 0; edge < placement.Tails.Length; edge++)
        {
            _tails[(edge * rowCount) + index] = placement.Tails[edge];
            _rates[(edge * rowCount) + index] = placement.Rates[edge];
        }

        _random[index] = placement.RandomOf(row);
    }

    /// <summary>Copies the rows to a GPU.</summary>
    public void CopyTo(Accelerator accelerator, PlacementViews views)
    {
        views.Positions.CopyFromCPU(accelerator.DefaultStream, _positions);
        views.EdgeCounts.CopyFromCPU(accelerator.DefaultStream, _edgeCounts);
        views.Tails.CopyFromCPU(accelerator.DefaultStream, _tails);
        views.Rates.CopyFromCPU(accelerator.DefaultStream, _rates);
        views.Random.CopyFromCPU(accelerator.DefaultStream, _random);
    }

    /// <summary>Copies the positions from a GPU.</summary>
    public void ReadPositions(Accelerator accelerator, PlacementViews views)
    {
        views.Positions.CopyToCPU(accelerator.DefaultStream, _positions);
        accelerator.Synchronize();
    }

    /// <summary>Copies the position of a row.</summary>
    /// <param name="index">Its index in the block.</param>
    /// <param name="position">The destination, c values.</param>
    public void CopyPosition(int index, Span<float> position)
    {
        for (var column = 0; column < dimension; column++)
        {
            position[column] = _positions[(column * rowCount) + index];
        }
    }
}
