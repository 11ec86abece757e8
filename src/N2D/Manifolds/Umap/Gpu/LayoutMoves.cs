using ILGPU;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The kernels of a round: one moves the rows of the round, the other writes their places and applies the updates of their tails
/// (<see cref="LayoutOptimizer"/>). Each value is written by one thread, in the order of the processor.
/// </summary>
internal static class LayoutMoves
{
    /// <summary>The order of an update that there is not.</summary>
    public const long NotDrawn = -1;

    // An order has from its lowest bit the lane in the group of eight rows, the step, the group, and the part.
    private const int GroupSize = InterleavedRows.GroupSize;
    private const int StepShift = 3;
    private const int GroupShift = 34;
    private const int PartShift = 48;

    /// <summary>Moves a row along its drawn edges, at the positions before the round (<see cref="LayoutKernel"/>).</summary>
    /// <param name="index">The index of the row in the round.</param>
    /// <param name="graph">The edges.</param>
    /// <param name="draws">The drawn edges.</param>
    /// <param name="samples">The negative samples.</param>
    /// <param name="rounds">The rows of the rounds.</param>
    /// <param name="moves">The positions and the moves.</param>
    /// <param name="forces">The forces.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="range">The round.</param>
    /// <param name="learningRate">The step size.</param>
    public static void Compute(
        Index1D index,
        GraphViews graph,
        DrawViews draws,
        SampleViews samples,
        RoundViews rounds,
        MoveViews moves,
        ForceFormulas forces,
        EpochOfRegion epoch,
        RoundRange range,
        float learningRate)
    {
        var slot = rounds.Slots[range.FirstRow + index.X];
        var row = slot - epoch.FirstSlot;
        var roundEdge = rounds.Edges[range.FirstRow + index.X];
        var firstEdge = graph.Starts[slot];
        for (var edge = firstEdge; edge < graph.Starts[slot + 1]; edge++)
        {
            moves.Orders[roundEdge + edge - firstEdge] = NotDrawn;
        }

        for (var column = 0; column < moves.Dimension; column++)
        {
            moves.Heads[((long)column * range.RowCount) + index.X] = moves.Positions[((long)slot * moves.Dimension) + column];
        }

        var lane = draws.Lanes[row];
        var part = graph.Parts[slot] - epoch.FirstPart;
        var order = ((long)part << PartShift) | ((long)(lane / GroupSize) << GroupShift) | (long)(lane % GroupSize);
        var sample = LayoutDraws.SamplesOf(graph, samples, epoch, row);
        for (var step = 0; step < draws.Counts[row]; step++)
        {
            var edge = draws.Drawn[firstEdge - epoch.FirstEdge + step];
            var update = roundEdge + edge - firstEdge;
            moves.Orders[update] = order | ((long)step << StepShift);
            Attract(index, moves, range, forces, graph.Tails[edge], update, learningRate);
            for (var end = sample + samples.CountOfStep; sample < end; sample++)
            {
                Repel(index, moves, range, forces, samples.Slots[sample], learningRate);
            }

            for (var column = 0; column < moves.Dimension; column++)
            {
                var place = ((long)column * range.RowCount) + index.X;
                moves.Heads[place] += moves.Steps[place];
            }
        }
    }

    /// <summary>Moves a row to its new place if it is of the round, and applies the updates that reach it, in order.</summary>
    /// <param name="index">The index of the row among those that the round may change.</param>
    /// <param name="rounds">The rows of the rounds.</param>
    /// <param name="moves">The positions and the moves.</param>
    /// <param name="range">The round.</param>
    public static void Apply(Index1D index, RoundViews rounds, MoveViews moves, RoundRange range)
    {
        var target = range.FirstTarget + index.X;
        var position = (long)rounds.TargetSlots[target] * moves.Dimension;
        var head = rounds.TargetHeads[target];
        for (var column = 0; head >= 0 && column < moves.Dimension; column++)
        {
            moves.Positions[position + column] = moves.Heads[((long)column * range.RowCount) + head];
        }

        // The updates are in the order of the blocks. Those of a block are few, and their order differs between epochs.
        var end = rounds.TargetStarts[target + 1];
        var start = rounds.TargetStarts[target];
        while (start < end)
        {
            var part = moves.Orders[rounds.Incoming[start]] >> PartShift;
            var next = start + 1;
            while (next < end && part >= 0 && IsOfPart(moves.Orders[rounds.Incoming[next]], part))
            {
                next++;
            }

            ApplyPart(rounds, moves, position, start, next);
            start = next;
        }
    }

    private static bool IsOfPart(long order, long part) => order == NotDrawn || order >> PartShift == part;

    private static void ApplyPart(RoundViews rounds, MoveViews moves, long position, int start, int end)
    {
        var last = NotDrawn;
        while (true)
        {
            var (next, update) = (long.MaxValue, 0);
            for (var place = start; place < end; place++)
            {
                var order = moves.Orders[rounds.Incoming[place]];
                if (order > last && order < next)
                {
                    (next, update) = (order, rounds.Incoming[place]);
                }
            }

            if (next == long.MaxValue)
            {
                return;
            }

            for (var column = 0; column < moves.Dimension; column++)
            {
                moves.Positions[position + column] -= moves.Updates[((long)update * moves.Dimension) + column];
            }

            last = next;
        }
    }

    private static void Attract(
        int index, MoveViews moves, RoundRange range, ForceFormulas forces, int tail, int update, float learningRate)
    {
        var coefficient = forces.Attraction<KernelArithmetic, float>(SquaredDistance(index, moves, range, tail));
        for (var column = 0; column < moves.Dimension; column++)
        {
            var place = ((long)column * range.RowCount) + index;
            var difference = moves.Heads[place] - moves.Positions[((long)tail * moves.Dimension) + column];
            var step = KernelMath.Multiply(
                learningRate, ForceFormulas.ClippedForce<KernelArithmetic, float>(difference, coefficient));
            moves.Steps[place] = step;
            moves.Updates[((long)update * moves.Dimension) + column] = step;
        }
    }

    private static void Repel(int index, MoveViews moves, RoundRange range, ForceFormulas forces, int other, float learningRate)
    {
        var square = SquaredDistance(index, moves, range, other);
        var coefficient = forces.Repulsion<KernelArithmetic, float>(square);
        for (var column = 0; column < moves.Dimension; column++)
        {
            var place = ((long)column * range.RowCount) + index;
            var difference = moves.Heads[place] - moves.Positions[((long)other * moves.Dimension) + column];
            moves.Steps[place] = ForceFormulas.AddForce<KernelArithmetic, float>(
                moves.Steps[place], learningRate, difference, square, coefficient);
        }
    }

    private static float SquaredDistance(int index, MoveViews moves, RoundRange range, int other)
    {
        var square = 0f;
        for (var column = 0; column < moves.Dimension; column++)
        {
            var difference = moves.Heads[((long)column * range.RowCount) + index]
                - moves.Positions[((long)other * moves.Dimension) + column];
            square = KernelMath.MultiplyAdd(difference, difference, square);
        }

        return square;
    }
}
