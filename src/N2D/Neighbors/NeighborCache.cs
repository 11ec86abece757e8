using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// The neighbors found of a matrix's rows, for later calls: many layouts are made of one embedding, and differ in seed or minimum distance.
/// Lives as long as the matrix, and holds one graph at most for each distance.
/// </summary>
/// <remarks>
/// What a call returns does not depend on earlier calls. The k nearest are the first k of any longer exact list, whereas what NN-descent
/// finds depends on k, so that it serves its own k alone.
/// </remarks>
internal sealed class NeighborCache
{
    private static readonly ConditionalWeakTable<Matrix, NeighborCache> OfMatrices = [];

    private readonly Lock _lock = new();
    private readonly Dictionary<RowDistance, FoundNeighbors> _found = [];

    /// <summary>The cache of a matrix.</summary>
    public static NeighborCache Of(Matrix rows) => OfMatrices.GetValue(rows, _ => new NeighborCache());

    /// <summary>The neighbors that a search for so many would find, if they are known.</summary>
    /// <param name="distance">The distance, simplified.</param>
    /// <param name="neighborCount">k.</param>
    public FoundNeighbors? Find(RowDistance distance, int neighborCount)
    {
        lock (_lock)
        {
            return _found.TryGetValue(distance, out var found) && found.Serves(neighborCount) ? found : null;
        }
    }

    /// <summary>Keeps what a search found, in place of what it found before for the same distance, unless that serves more.</summary>
    /// <param name="distance">The distance, simplified.</param>
    /// <param name="found">What was found.</param>
    public void Keep(RowDistance distance, FoundNeighbors found)
    {
        lock (_lock)
        {
            if (!_found.TryGetValue(distance, out var before) || !before.Serves(found.Graph.NeighborCount))
            {
                _found[distance] = found;
            }
        }
    }
}

/// <summary>What a search found.</summary>
/// <param name="Graph">The neighbors.</param>
/// <param name="IsExact">Whether they are the true ones, or those that NN-descent found.</param>
/// <param name="Seconds">What finding them took.</param>
internal sealed record FoundNeighbors(NeighborGraph Graph, bool IsExact, double Seconds)
{
    /// <summary>Whether a search for so many neighbors would find the first of these.</summary>
    public bool Serves(int neighborCount) => neighborCount == Graph.NeighborCount || (IsExact && neighborCount < Graph.NeighborCount);
}
