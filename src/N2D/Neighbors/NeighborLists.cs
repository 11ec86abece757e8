using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// The nearest neighbors of each row found so far, sorted. Each is marked as new until it was compared with the other candidates of its
/// row.
/// </summary>
internal sealed class NeighborLists
{
    private const int NewMark = int.MinValue;
    private const int Vacant = int.MaxValue;

    private readonly int[] _entries;
    private readonly float[] _distances;

    /// <summary>Creates empty lists.</summary>
    public NeighborLists(int rowCount, int neighborCount)
    {
        RowCount = rowCount;
        NeighborCount = neighborCount;
        _entries = new int[ArraySize.Of(rowCount, neighborCount)];
        _distances = new float[ArraySize.Of(rowCount, neighborCount)];
        Array.Fill(_entries, Vacant);
        Array.Fill(_distances, float.PositiveInfinity);
    }

    public int RowCount { get; }

    public int NeighborCount { get; }

    /// <summary>The distance of a row's farthest neighbor so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Worst(int row) => _distances[(row * NeighborCount) + NeighborCount - 1];

    /// <summary>The entries of a row. Vacant ones come last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<int> Entries(int row) => _entries.AsSpan(row * NeighborCount, NeighborCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsVacant(int entry) => entry == Vacant;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNew(int entry) => entry < 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(int entry) => entry & ~NewMark;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AsNew(int index) => index | NewMark;

    /// <summary>Inserts a neighbor, marked as new, if it is nearer than the farthest and not in the list yet.</summary>
    /// <returns>Whether it was inserted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Offer(int row, int neighbor, float distance)
    {
        var distances = _distances.AsSpan(row * NeighborCount, NeighborCount);
        if (!(distance < distances[^1]))
        {
            return false;
        }

        var entries = Entries(row);
        if (entries.Contains(neighbor) || entries.Contains(AsNew(neighbor)))
        {
            return false;
        }

        var place = distances.Length - 1;
        while (place > 0
            && (distance < distances[place - 1] || (distance == distances[place - 1] && neighbor < IndexOf(entries[place - 1]))))
        {
            distances[place] = distances[place - 1];
            entries[place] = entries[place - 1];
            place--;
        }

        distances[place] = distance;
        entries[place] = AsNew(neighbor);
        return true;
    }

    /// <summary>Marks an entry as old.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MarkOld(ref int entry) => entry &= ~NewMark;

    /// <summary>The finished graph. These lists must not be used again.</summary>
    /// <param name="kernel">The metric of the ranks in the lists.</param>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    public NeighborGraph ToGraph<TKernel>(TKernel kernel)
        where TKernel : struct, IDistanceKernel
    {
        foreach (ref var entry in _entries.AsSpan())
        {
            MarkOld(ref entry);
        }

        foreach (ref var distance in _distances.AsSpan())
        {
            distance = kernel.Finish(distance);
        }

        return new NeighborGraph(_entries, _distances, NeighborCount);
    }
}
