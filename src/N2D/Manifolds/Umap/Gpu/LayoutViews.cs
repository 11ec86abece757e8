using ILGPU;

namespace N2D.Manifolds;

/// <summary>The edges and blocks of a layout in the memory of a GPU. A part is a block's rows of a round.</summary>
/// <param name="starts">The first edge of each slot, and the number of edges.</param>
/// <param name="tails">The slot at the other end of each edge.</param>
/// <param name="rates">The rate of each edge.</param>
/// <param name="parts">The part of each slot.</param>
/// <param name="partStarts">The first slot of each part, and the number of slots.</param>
internal readonly struct GraphViews(
    ArrayView<int> starts, ArrayView<int> tails, ArrayView<float> rates, ArrayView<int> parts, ArrayView<int> partStarts)
{
    public readonly ArrayView<int> Starts = starts;

    public readonly ArrayView<int> Tails = tails;

    public readonly ArrayView<float> Rates = rates;

    public readonly ArrayView<int> Parts = parts;

    public readonly ArrayView<int> PartStarts = partStarts;
}

/// <summary>The drawn edges of a region in an epoch. A row is its index in the region.</summary>
/// <param name="drawn">The drawn edges of each row, in the places of its first edges in the region.</param>
/// <param name="counts">The number of drawn edges of each row.</param>
/// <param name="lanes">The lane of each row in its part.</param>
/// <param name="rowsOfLanes">The row in each lane of each part.</param>
internal readonly struct DrawViews(ArrayView<int> drawn, ArrayView<int> counts, ArrayView<int> lanes, ArrayView<int> rowsOfLanes)
{
    public readonly ArrayView<int> Drawn = drawn;

    public readonly ArrayView<int> Counts = counts;

    public readonly ArrayView<int> Lanes = lanes;

    public readonly ArrayView<int> RowsOfLanes = rowsOfLanes;
}

/// <summary>The negative samples of a region in an epoch.</summary>
/// <param name="slots">The samples of each drawn edge, in the places of the rows' first edges in the region.</param>
/// <param name="countOfStep">The number of samples for each drawn edge.</param>
/// <param name="pools">The rows of the pool of each part.</param>
/// <param name="poolSize">The number of rows of a pool.</param>
/// <param name="states">The random numbers of each lane of each part.</param>
internal readonly struct SampleViews(
    ArrayView<int> slots, int countOfStep, ArrayView<int> pools, int poolSize, ArrayView<RandomLane> states)
{
    public readonly ArrayView<int> Slots = slots;

    public readonly int CountOfStep = countOfStep;

    public readonly ArrayView<int> Pools = pools;

    public readonly int PoolSize = poolSize;

    public readonly ArrayView<RandomLane> States = states;
}

/// <summary>What the draws of a launch are for.</summary>
/// <param name="epoch">The epoch.</param>
/// <param name="seed">The seed.</param>
/// <param name="rowCount">n.</param>
/// <param name="firstSlot">The first slot of the region.</param>
/// <param name="firstEdge">The first edge of the region.</param>
/// <param name="firstPart">The first part of the region.</param>
internal readonly struct EpochOfRegion(int epoch, int seed, int rowCount, int firstSlot, int firstEdge, int firstPart)
{
    public readonly int Epoch = epoch;

    public readonly int Seed = seed;

    public readonly int RowCount = rowCount;

    public readonly int FirstSlot = firstSlot;

    public readonly int FirstEdge = firstEdge;

    public readonly int FirstPart = firstPart;
}

/// <summary>The positions of a layout, and the moves of a round.</summary>
/// <param name="positions">The coordinates of each slot.</param>
/// <param name="dimension">c.</param>
/// <param name="heads">The new coordinates of the round's rows, by column.</param>
/// <param name="steps">The step of each of them along the current edge, by column.</param>
/// <param name="updates">The update of the tail of each edge of the round: the tail moves by its negative.</param>
/// <param name="orders">The place of each update among those of the round; <see cref="LayoutMoves.NotDrawn"/> without one.</param>
internal readonly struct MoveViews(
    ArrayView<float> positions,
    int dimension,
    ArrayView<float> heads,
    ArrayView<float> steps,
    ArrayView<float> updates,
    ArrayView<long> orders)
{
    public readonly ArrayView<float> Positions = positions;

    public readonly int Dimension = dimension;

    public readonly ArrayView<float> Heads = heads;

    public readonly ArrayView<float> Steps = steps;

    public readonly ArrayView<float> Updates = updates;

    public readonly ArrayView<long> Orders = orders;
}

/// <summary>The rows that move in each round, and the rows that their updates reach.</summary>
/// <param name="slots">The slots of the rows of all rounds.</param>
/// <param name="edges">The index in the round of the first edge of each of these.</param>
/// <param name="targetSlots">The slots of the rows that a round may change.</param>
/// <param name="targetHeads">The index of each of these among the rows of the round; negative if it does not move itself.</param>
/// <param name="targetStarts">The first incoming edge of each, and the number of edges.</param>
/// <param name="incoming">The index in the round of each incoming edge, by ascending slot of its head.</param>
internal readonly struct RoundViews(
    ArrayView<int> slots,
    ArrayView<int> edges,
    ArrayView<int> targetSlots,
    ArrayView<int> targetHeads,
    ArrayView<int> targetStarts,
    ArrayView<int> incoming)
{
    public readonly ArrayView<int> Slots = slots;

    public readonly ArrayView<int> Edges = edges;

    public readonly ArrayView<int> TargetSlots = targetSlots;

    public readonly ArrayView<int> TargetHeads = targetHeads;

    public readonly ArrayView<int> TargetStarts = targetStarts;

    public readonly ArrayView<int> Incoming = incoming;
}

/// <summary>The part of <see cref="RoundViews"/> that belongs to a round.</summary>
/// <param name="firstRow">The first of its rows.</param>
/// <param name="rowCount">The number of its rows.</param>
/// <param name="firstTarget">The first row that it may change.</param>
internal readonly struct RoundRange(int firstRow, int rowCount, int firstTarget)
{
    public readonly int FirstRow = firstRow;

    public readonly int RowCount = rowCount;

    public readonly int FirstTarget = firstTarget;
}
