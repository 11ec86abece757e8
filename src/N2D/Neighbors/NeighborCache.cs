using System.Runtime.CompilerServices;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// Caches the neighbors of a matrix's rows for later calls, such as layouts that differ in seed or minimum distance. A cache lives as long
/// as its matrix, and contains at most one exact graph and one of NN-descent for each distance.
/// </summary>
/// <remarks>
/// The result of a call does not depend on earlier calls. The k nearest rows are the first k of any longer exact list, and the same on all
/// devices, so they serve every device and keep the name of the one that searched. A result of NN-descent depends on k, so it serves
/// only the same k, and only searches that would run NN-descent.
/// </remarks>
internal sealed class NeighborCache
{
    private static readonly ConditionalWeakTable<Matrix, NeighborCache> OfMatrices = [];

    private readonly Lock _lock = new();
    private readonly Dictionary<(RowDistance Distance, bool IsExact), FoundNeighbors> _found = [];

    /// <summary>The cache of a matrix.</summary>
    public static NeighborCache Of(Matrix rows) => OfMatrices.GetValue(rows, _ => new NeighborCache());

    /// <summary>The cached neighbors that a search would find; null if there are none.</summary>
    /// <param name="distance">The distance, simplified.</param>
    /// <param name="neighborCount">k.</param>
    /// <param name="isExact">Whether the search would be exact.</param>
    public FoundNeighbors? Find(RowDistance distance, int neighborCount, bool isExact)
    {
        lock (_lock)
        {
            return _found.TryGetValue((distance, isExact), out var found) && found.Serves(neighborCount) ? found : null;
        }
    }

    /// <summary>Caches the result of a search, unless the cached one of the same kind serves more calls.</summary>
    /// <param name="distance">The distance, simplified.</param>
    /// <param name="found">The result.</param>
    public void Keep(RowDistance distance, FoundNeighbors found)
    {
        lock (_lock)
        {
            if (!_found.TryGetValue((distance, found.IsExact), out var before) || !before.Serves(found.Graph.NeighborCount))
            {
                _found[(distance, found.IsExact)] = found;
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
    /// <summary>The device that searched, for whichever device these neighbors are reused.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Whether a search for fewer neighbors would find the first of these.</summary>
    public bool Serves(int neighborCount) => neighborCount == Graph.NeighborCount || (IsExact && neighborCount < Graph.NeighborCount);
}
