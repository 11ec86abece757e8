namespace N2D.Neighbors;

/// <summary>The size of a group of threads and of its tile of pairs of rows. Kernels are compiled for each size.</summary>
internal interface ITileShape
{
    /// <summary>The root of the number of threads.</summary>
    int Side { get; }
}

/// <summary>64 threads for a tile of 32 x 32 pairs, for GPUs.</summary>
internal readonly struct LargeTile : ITileShape
{
    public int Side => 8;
}

/// <summary>One thread for a tile of 4 x 4 pairs, for emulated GPUs: their threads wait for each other for milliseconds.</summary>
internal readonly struct SmallTile : ITileShape
{
    public int Side => 1;
}

/// <summary>The pairs of rows that a launch compares.</summary>
/// <param name="firstQueryTile">The tile of the first query. Each group compares the queries of one tile.</param>
/// <param name="firstRowTile">The first tile of rows.</param>
/// <param name="endRowTile">The tile after the last.</param>
/// <param name="rowCount">The number of rows, without those that fill the last tile.</param>
/// <param name="columnCount">The number of columns, d.</param>
/// <param name="neighborCount">The number of neighbors, k.</param>
/// <param name="listStride">The number of lists of each part of a query's candidates.</param>
internal readonly struct TileRange(
    int firstQueryTile, int firstRowTile, int endRowTile, int rowCount, int columnCount, int neighborCount, int listStride)
{
    public readonly int FirstQueryTile = firstQueryTile;

    public readonly int FirstRowTile = firstRowTile;

    public readonly int EndRowTile = endRowTile;

    public readonly int RowCount = rowCount;

    public readonly int ColumnCount = columnCount;

    public readonly int NeighborCount = neighborCount;

    public readonly int ListStride = listStride;
}
