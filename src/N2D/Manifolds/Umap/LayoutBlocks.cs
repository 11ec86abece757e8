using System.Runtime.CompilerServices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The partition of a layout's rows into regions of nearby rows, of each region into blocks, which threads process, and of each block's
/// rows into rounds. An epoch consists of the rounds of the first region, then those of the second, and so on: each moves every
/// RoundCount-th row of each of the region's blocks. A row's slot is its index by block, then by round, so that rounds access memory in
/// order.
/// </summary>
/// <remarks>
/// The rounds of a region access mostly its own rows, which stay in the processor's cache meanwhile. Without regions, each round of an
/// epoch would read a large part of the layout from memory. The partition depends on the rows and the seed, never on the number of threads.
/// </remarks>
internal sealed class LayoutBlocks
{
    /// <summary>
    /// The largest number of rounds of an epoch. Rows of the same round move without knowledge of each other's moves. With few rounds they
    /// overshoot, and clusters blur. On the codes of pendigits, a mixture reaches a mean log-likelihood of 14.7 with 4 rounds, 15.3 with
    /// 16, 15.4 with 32 and 64, and 15.4 on umap-learn's layout.
    /// </summary>
    private const int MostRounds = 32;

    /// <summary>The least number of rows of a block in a round: fewer are not worth the synchronization of a thread.</summary>
    private const int FewestRows = 32;

    /// <summary>The number of blocks of a region if there are enough rows: enough for the threads of any machine.</summary>
    private const int WantedCount = 64;

    /// <summary>The largest number of rows of a region, about. Their positions in up to 16 dimensions take 8 MiB.</summary>
    private const int MostRegionRows = 131_072;

    private const int LeafSize = 64;

    private readonly int _slotsPerBlock;
    private readonly int[] _rows;
    private readonly int[] _starts;

    /// <summary>Orders rows by the leaves of a random projection tree, and partitions them.</summary>
    /// <param name="initial">n x c initial coordinates.</param>
    /// <param name="seed">The seed of the tree.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="mostRegionRows">The largest number of rows of a region.</param>
    public LayoutBlocks(Matrix initial, int seed, Execution execution, int mostRegionRows = MostRegionRows)
    {
        var (order, _) = RandomProjectionTree.Build(initial, LeafSize, seed, tree: -1, execution);
        RoundCount = Math.Min(MostRounds, order.Length);
        RegionCount = Quotient(order.Length, mostRegionRows);
        var regionRows = Quotient(order.Length, RegionCount);
        MostRows = Math.Max(FewestRows, Quotient(regionRows, RoundCount * WantedCount));
        _slotsPerBlock = MostRows * RoundCount;
        CountInRegion = Quotient(regionRows, _slotsPerBlock);
        _rows = new int[order.Length];
        _starts = new int[(RegionCount * CountInRegion * RoundCount) + 1];
        var slot = 0;
        for (var block = 0; block < RegionCount * CountInRegion; block++)
        {
            var end = (int)Math.Min(order.Length, (block + 1L) * _slotsPerBlock);
            for (var round = 0; round < RoundCount; round++)
            {
                for (var index = ((long)block * _slotsPerBlock) + round; index < end; index += RoundCount)
                {
                    _rows[slot++] = order[(int)index];
                }

                _starts[(block * RoundCount) + round + 1] = slot;
            }
        }
    }

    /// <summary>The number of regions.</summary>
    public int RegionCount { get; }

    /// <summary>The number of blocks of each region. The last ones may be empty.</summary>
    public int CountInRegion { get; }

    /// <summary>The number of rounds of a region in an epoch.</summary>
    public int RoundCount { get; }

    /// <summary>The largest number of rows of a block in a round.</summary>
    public int MostRows { get; }

    /// <summary>The row in each slot.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>The slots of a block's rows in a round: the first, and the one after the last.</summary>
    /// <param name="region">The region.</param>
    /// <param name="block">The index of the block in the region.</param>
    /// <param name="round">The round.</param>
    public (int Start, int End) RowsOf(int region, int block, int round)
    {
        var part = (((region * CountInRegion) + block) * RoundCount) + round;
        return (_starts[part], _starts[part + 1]);
    }

    /// <summary>
    /// The first slot of each part, a block's rows of a round, and the number of slots. Parts are ordered by region, block and round.
    /// </summary>
    public ReadOnlySpan<int> PartStarts => _starts;

    /// <summary>The number of targets of a region's updates.</summary>
    public int TargetCount => CountInRegion + (RegionCount == 1 ? 0 : RegionCount);

    /// <summary>
    /// The target of an update: the index of the row's block if it is in the region, otherwise the row's region, after all blocks.
    /// </summary>
    /// <param name="slot">The slot of the row.</param>
    /// <param name="region">The region that computes the update.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TargetOf(int slot, int region)
    {
        var block = (slot / _slotsPerBlock) - (region * CountInRegion);
        return (uint)block < (uint)CountInRegion ? block : CountInRegion + (slot / (_slotsPerBlock * CountInRegion));
    }

    /// <summary>The slot of each row.</summary>
    public int[] Slots()
    {
        var slots = new int[_rows.Length];
        for (var slot = 0; slot < slots.Length; slot++)
        {
            slots[_rows[slot]] = slot;
        }

        return slots;
    }

    private static int Quotient(int rows, int parts) => (int)(((long)rows + parts - 1) / parts);
}
