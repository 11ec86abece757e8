using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// Caches the neighbors of a matrix's rows for later calls, such as layouts that differ in seed or minimum distance. A cache lives as long
/// as its matrix, and contains at most one graph for each distance.
/// </summary>
/// <remarks>
/// The result of a call does not depend on earlier calls. The k nearest rows are the first k of any longer exact list. A result of
/// NN-descent depends on k, so it serves only the same k.
/// </remarks>
internal sealed class NeighborCache
{
    private static readonly ConditionalWeakTable<Matrix, NeighborCache> OfMatrices = [];

    private readonly Lock _lock = new();
    private readonly Dictionary<RowDistance, FoundNeighbors> _found = [];

    /// <summary>The cache of a matrix.</summary>
    public static NeighborCache Of(Matrix rows) => OfMatrices.GetValue(rows, _ => new NeighborCache());

    /// <summary>The cached neighbors that a search would find; null if there are none.</summary>
    /// <param name="distance">The distance, simplified.</param>
    /// <param name="neighborCount">k.</param>
    public FoundNeighbors? Find(RowDistance distance, int neighborCount)
    {
        lock (_lock)
        {
            return _found.TryGetValue(distance, out var found) && found.Serves(neighborCount) ? found : null;
        }
    }

    /// <summary>Caches the result of a search, unless the cached one for the same distance serves more calls.</summary>
    /// <param name="distance">The distance, simplified.</param>
    /// <param name="found">The result.</param>
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

/// <summary>The result of a search.</summary>
/// <param name="Graph">The neighbors.</param>
/// <param name="IsExact">Whether the search was exact; otherwise it was NN-descent.</param>
/// <param name="Seconds">The duration of the search.</param>
internal sealed record FoundNeighbors(NeighborGraph Graph, bool IsExact, double Seconds)
{
    /// <summary>Whether a search for fewer neighbors would find the first of these.</summary>
    public bool Serves(int neighborCount) => neighborCount == Graph.NeighborCount || (IsExact && neighborCount < Graph.NeighborCount);
}
