using ILGPU;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The kernels that draw the edges and the negative samples of a region in an epoch, as <see cref="LayoutBlock"/> does. They do not depend
/// on the positions, so each kernel draws for all rounds.
/// </summary>
internal static class LayoutDraws
{
    /// <summary>The rows that the processor moves at once, each with random numbers of its own.</summary>
    public const int GroupSize = InterleavedRows.GroupSize;

    /// <summary>Lists the drawn edges of a row (<see cref="LayoutSchedule.Draw(int, int, Span{int})"/>).</summary>
    /// <param name="index">The index of the row in the region.</param>
    /// <param name="graph">The edges.</param>
    /// <param name="draws">The drawn edges and their number.</param>
    /// <param name="epoch">The epoch.</param>
    public static void DrawEdges(Index1D index, GraphViews graph, DrawViews draws, EpochOfRegion epoch)
    {
        var slot = epoch.FirstSlot + index.X;
        var place = graph.Starts[slot];
        for (var edge = graph.Starts[slot]; edge < graph.Starts[slot + 1]; edge++)
        {
            if (IsDrawn(epoch.Epoch, graph.Rates[edge]))
            {
                draws.Drawn[place - epoch.FirstEdge] = edge;
                place++;
            }
        }

        draws.Counts[index] = place - graph.Starts[slot];
    }

    /// <summary>Assigns a row to a lane of its block: by descending number of drawn edges, then by slot.</summary>
    /// <param name="index">The index of the row in the region.</param>
    /// <param name="graph">The blocks.</param>
    /// <param name="draws">The numbers of drawn edges, and the lanes.</param>
    /// <param name="epoch">The epoch.</param>
    public static void AssignLanes(Index1D index, GraphViews graph, DrawViews draws, EpochOfRegion epoch)
    {
        var part = graph.Parts[epoch.FirstSlot + index.X];
        var start = graph.PartStarts[part] - epoch.FirstSlot;
        var end = graph.PartStarts[part + 1] - epoch.FirstSlot;
        var count = draws.Counts[index];
        var lane = 0;
        for (var other = start; other < end; other++)
        {
            var otherCount = draws.Counts[other];
            lane += otherCount > count || (otherCount == count && other < index.X) ? 1 : 0;
        }

        draws.Lanes[index] = lane;
        draws.RowsOfLanes[start + lane] = index;
    }

    /// <summary>Draws the samples of the rows in a lane of all groups of a block and round, as <see cref="OwnSamples"/>.</summary>
    /// <param name="index">The index of the part in the region, times eight, plus the lane.</param>
    /// <param name="graph">The edges and blocks.</param>
    /// <param name="draws">The drawn edges and the lanes.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="epoch">The epoch.</param>
    public static void SampleAll(Index1D index, GraphViews graph, DrawViews draws, SampleViews samples, EpochOfRegion epoch)
    {
        var part = epoch.FirstPart + (index.X / GroupSize);
        var lane = index.X % GroupSize;
        var start = graph.PartStarts[part] - epoch.FirstSlot;
        var rowCount = graph.PartStarts[part + 1] - graph.PartStarts[part];
        var random = RandomOf(graph.PartStarts[part], epoch, lane);
        for (var group = 0; group < rowCount; group += GroupSize)
        {
            var stepCount = draws.Counts[draws.RowsOfLanes[start + group]];
            var hasRow = group + lane < rowCount;
            var own = hasRow ? draws.RowsOfLanes[start + group + lane] : 0;
            var ownCount = hasRow ? draws.Counts[own] : 0;
            var place = SamplesOf(graph, samples, epoch, own);
            for (var step = 0; step < stepCount; step++)
            {
                for (var sample = 0; sample < samples.CountOfStep; sample++)
                {
                    // Any row except the row itself.
                    var other = random.NextInt32(epoch.RowCount - 1);
                    other += other >= epoch.FirstSlot + own ? 1 : 0;
                    if (step < ownCount)
                    {
                        samples.Slots[place] = other;
                        place++;
                    }
                }
            }
        }
    }

    /// <summary>Draws a lane of the pool of a block and round, as <see cref="PooledSamples"/>.</summary>
    /// <param name="index">The index of the part in the region, times eight, plus the lane.</param>
    /// <param name="graph">The blocks.</param>
    /// <param name="samples">The pools and the states of the random numbers.</param>
    /// <param name="epoch">The epoch.</param>
    public static void FillPools(Index1D index, GraphViews graph, SampleViews samples, EpochOfRegion epoch)
    {
        var part = index.X / GroupSize;
        var lane = index.X % GroupSize;
        var random = RandomOf(graph.PartStarts[epoch.FirstPart + part], epoch, lane);
        for (var first = 0; first < samples.PoolSize; first += GroupSize)
        {
            samples.Pools[((long)part * samples.PoolSize) + first + lane] = random.NextInt32(epoch.RowCount);
        }

        samples.States[index] = random;
    }

    /// <summary>Draws the samples of the rows of a block and round from its pool, as <see cref="PooledSamples"/>.</summary>
    /// <param name="index">The index of the part in the region.</param>
    /// <param name="graph">The edges and blocks.</param>
    /// <param name="draws">The drawn edges and the lanes.</param>
    /// <param name="samples">The pools, the random numbers, and the samples.</param>
    /// <param name="epoch">The epoch.</param>
    public static void SamplePools(Index1D index, GraphViews graph, DrawViews draws, SampleViews samples, EpochOfRegion epoch)
    {
        var part = epoch.FirstPart + index.X;
        var pool = (long)index.X * samples.PoolSize;
        var start = graph.PartStarts[part] - epoch.FirstSlot;
        var rowCount = graph.PartStarts[part + 1] - graph.PartStarts[part];
        var nextLane = 0;
        for (var group = 0; group < rowCount; group += GroupSize)
        {
            var stepCount = draws.Counts[draws.RowsOfLanes[start + group]];
            for (var step = 0; step < stepCount; step++)
            {
                for (var sample = 0; sample < samples.CountOfStep; sample++)
                {
                    int first;
                    bool isOwn;
                    do
                    {
                        // The lanes draw in turn.
                        var random = samples.States[(index.X * GroupSize) + nextLane];
                        first = random.NextInt32(samples.PoolSize);
                        samples.States[(index.X * GroupSize) + nextLane] = random;
                        nextLane = (nextLane + 1) % GroupSize;
                        isOwn = false;
                        for (var lane = 0; lane < GroupSize; lane++)
                        {
                            // Lanes without a row repeat the last one.
                            var row = draws.RowsOfLanes[start + Math.Min(group + lane, rowCount - 1)];
                            isOwn |= samples.Pools[pool + ((first + lane) % samples.PoolSize)] == epoch.FirstSlot + row;
                        }
                    }
                    while (isOwn);

                    for (var lane = 0; lane < GroupSize && group + lane < rowCount; lane++)
                    {
                        var row = draws.RowsOfLanes[start + group + lane];
                        if (step < draws.Counts[row])
                        {
                            var place = SamplesOf(graph, samples, epoch, row) + (step * samples.CountOfStep) + sample;
                            samples.Slots[place] = samples.Pools[pool + ((first + lane) % samples.PoolSize)];
                        }
                    }
                }
            }
        }
    }

    /// <summary>Whether an edge is drawn in an epoch: the multiples of its rate pass a whole number.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="rate">The rate, 0 to 1.</param>
    public static bool IsDrawn(int epoch, float rate) =>
        (int)KernelMath.Multiply(epoch, rate) != (int)KernelMath.Multiply(epoch + 1, rate);

    /// <summary>The place of the first sample of a row.</summary>
    public static long SamplesOf(GraphViews graph, SampleViews samples, EpochOfRegion epoch, int row) =>
        (long)(graph.Starts[epoch.FirstSlot + row] - epoch.FirstEdge) * samples.CountOfStep;

    private static RandomLane RandomOf(int firstSlot, EpochOfRegion epoch, int lane) =>
        new(new RandomSequence(epoch.Seed, RandomPurpose.NegativeSampling, firstSlot, epoch.Epoch), lane);
}
