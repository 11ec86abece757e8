using System.Runtime.CompilerServices;

namespace N2D.Neighbors;

/// <summary>
/// The best neighbors found so far of every row, sorted, each marked new until it has met the other candidates around its row.
/// </summary>
internal sealed class NeighborLists
{
    private const int NewMark = int.MinValue;
    private const int Vacant = int.MaxValue;

    private readonly int[] _entries;
    private readonly float[] _distances;

    /// <summary>Makes empty lists.</summary>
    public NeighborLists(int rowCount, int neighborCount)
    {
        RowCount = rowCount;
        NeighborCount = neighborCount;
        _entries = new int[rowCount * neighborCount];
        _distances = new float[rowCount * neighborCount];
        Array.Fill(_entries, Vacant);
        Array.Fill(_distances, float.PositiveInfinity);
    }

    public int RowCount { get; }

    public int NeighborCount { get; }

    /// <summary>The distance that a row's next neighbor has to beat.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Worst(int row) => _distances[(row * NeighborCount) + NeighborCount - 1];

    /// <summary>A row's entries; vacant places come last.</summary>
    public Span<int> Entries(int row) => _entries.AsSpan(row * NeighborCount, NeighborCount);

    public static bool IsVacant(int entry) => entry == Vacant;

    public static bool IsNew(int entry) => entry < 0;

    public static int IndexOf(int entry) => entry & ~NewMark;

    public static int AsNew(int index) => index | NewMark;

    /// <summary>Offers a neighbor; it is taken, and marked new, if it is closer than the worst and not in the list.</summary>
    /// <returns>Whether it was taken.</returns>
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
        while (place > 0 && (distance < distances[place - 1] || (distance == distances[place - 1] && neighbor < IndexOf(entries[place - 1]))))
        {
            distances[place] = distances[place - 1];
            entries[place] = entries[place - 1];
            place--;
        }

        distances[place] = distance;
        entries[place] = AsNew(neighbor);
        return true;
    }

    /// <summary>Takes the mark off an entry.</summary>
    public static void MarkOld(ref int entry) => entry &= ~NewMark;

    /// <summary>The finished graph. These lists must not be used again.</summary>
    /// <param name="kernel">The metric whose ranks the lists hold as distances.</param>
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
