using ILGPU;
using ILGPU.Runtime;

namespace N2D.Manifolds;

/// <summary>The compiled kernels of a layout, and the memory that they share.</summary>
internal sealed class LayoutLaunches
{
    private readonly GraphViews _graph;
    private readonly DrawViews _draws;
    private readonly SampleViews _samples;
    private readonly RoundViews _rounds;
    private readonly MoveViews _moves;
    private readonly Accelerator _accelerator;
    private readonly Action<Index1D, GraphViews, DrawViews, EpochOfRegion> _drawEdges;
    private readonly Action<Index1D, GraphViews, DrawViews, EpochOfRegion> _assignLanes;
    private readonly Action<Index1D, GraphViews, DrawViews, SampleViews, EpochOfRegion> _sampleAll;
    private readonly Action<Index1D, GraphViews, SampleViews, EpochOfRegion> _fillPools;
    private readonly Action<Index1D, GraphViews, DrawViews, SampleViews, EpochOfRegion> _samplePools;
    private readonly Action<
        Index1D, GraphViews, DrawViews, SampleViews, RoundViews, MoveViews, ForceFormulas, EpochOfRegion, RoundRange, float> _compute;
    private readonly Action<Index1D, RoundViews, MoveViews, RoundRange> _apply;

    /// <summary>Compiles the kernels.</summary>
    /// <param name="accelerator">The GPU.</param>
    /// <param name="graph">The edges and blocks.</param>
    /// <param name="draws">The drawn edges.</param>
    /// <param name="samples">The negative samples.</param>
    /// <param name="rounds">The rows of the rounds.</param>
    /// <param name="moves">The positions and the moves.</param>
    public LayoutLaunches(
        Accelerator accelerator, GraphViews graph, DrawViews draws, SampleViews samples, RoundViews rounds, MoveViews moves)
    {
        (_accelerator, _graph, _draws, _samples, _rounds, _moves) = (accelerator, graph, draws, samples, rounds, moves);
        _drawEdges = accelerator.LoadAutoGroupedStreamKernel<Index1D, GraphViews, DrawViews, EpochOfRegion>(LayoutDraws.DrawEdges);
        _assignLanes = accelerator.LoadAutoGroupedStreamKernel<Index1D, GraphViews, DrawViews, EpochOfRegion>(LayoutDraws.AssignLanes);
        _sampleAll = accelerator.LoadAutoGroupedStreamKernel<Index1D, GraphViews, DrawViews, SampleViews, EpochOfRegion>(
            LayoutDraws.SampleAll);
        _fillPools = accelerator.LoadAutoGroupedStreamKernel<Index1D, GraphViews, SampleViews, EpochOfRegion>(LayoutDraws.FillPools);
        _samplePools = accelerator.LoadAutoGroupedStreamKernel<Index1D, GraphViews, DrawViews, SampleViews, EpochOfRegion>(
            LayoutDraws.SamplePools);
        _compute = accelerator.LoadAutoGroupedStreamKernel<
            Index1D, GraphViews, DrawViews, SampleViews, RoundViews, MoveViews, ForceFormulas, EpochOfRegion, RoundRange, float>(
            LayoutMoves.Compute);
        _apply = accelerator.LoadAutoGroupedStreamKernel<Index1D, RoundViews, MoveViews, RoundRange>(LayoutMoves.Apply);
    }

    /// <summary>Draws the edges and samples of a region in an epoch.</summary>
    /// <param name="rowCount">The number of rows of the region.</param>
    /// <param name="partCount">The number of its parts.</param>
    /// <param name="poolsSamples">Whether the rows of a part share their samples.</param>
    /// <param name="epoch">The epoch and the region.</param>
    public void Draw(int rowCount, int partCount, bool poolsSamples, EpochOfRegion epoch)
    {
        if (rowCount == 0)
        {
            return;
        }

        _drawEdges(rowCount, _graph, _draws, epoch);
        _assignLanes(rowCount, _graph, _draws, epoch);
        if (poolsSamples)
        {
            _fillPools(partCount * LayoutDraws.GroupSize, _graph, _samples, epoch);
            _samplePools(partCount, _graph, _draws, _samples, epoch);
        }
        else
        {
            _sampleAll(partCount * LayoutDraws.GroupSize, _graph, _draws, _samples, epoch);
        }
    }

    /// <summary>Moves the rows of a round.</summary>
    /// <param name="range">The round.</param>
    /// <param name="targetCount">The number of rows that it may change.</param>
    /// <param name="forces">The forces.</param>
    /// <param name="epoch">The epoch and the region.</param>
    /// <param name="learningRate">The step size.</param>
    public void Move(RoundRange range, int targetCount, ForceFormulas forces, EpochOfRegion epoch, float learningRate)
    {
        if (range.RowCount > 0)
        {
            _compute(range.RowCount, _graph, _draws, _samples, _rounds, _moves, forces, epoch, range, learningRate);
            _apply(targetCount, _rounds, _moves, range);
        }
    }

    /// <summary>Copies the positions of all slots from the GPU.</summary>
    public float[] ReadPositions()
    {
        var positions = new float[_moves.Positions.Length];
        _moves.Positions.CopyToCPU(_accelerator.DefaultStream, positions);
        _accelerator.Synchronize();
        return positions;
    }
}
