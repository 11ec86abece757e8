namespace N2D.Numerics;

/// <summary>A disjoint-set forest (union-find; Galler and Fischer, 1964), with path halving.</summary>
internal sealed class DisjointSets
{
    private readonly int[] _parents;

    /// <summary>Creates sets of one member each.</summary>
    /// <param name="count">The number of members.</param>
    public DisjointSets(int count) => _parents = [.. Enumerable.Range(0, count)];

    /// <summary>The representative of a member's set.</summary>
    public int Find(int member)
    {
        while (_parents[member] != member)
        {
            _parents[member] = _parents[_parents[member]];
            member = _parents[member];
        }

        return member;
    }

    /// <summary>Merges the sets of two members. The smaller representative remains.</summary>
    /// <returns>Whether the sets were different.</returns>
    public bool Union(int member, int other)
    {
        var (first, second) = (Find(member), Find(other));
        _parents[Math.Max(first, second)] = Math.Min(first, second);
        return first != second;
    }
}
