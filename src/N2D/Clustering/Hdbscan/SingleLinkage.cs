using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The single-linkage hierarchy of a minimum spanning tree: its edges merge rows and groups, shortest first. Nodes 0 to n - 1 are rows;
/// nodes n to 2 n - 2 are groups in the order of the merges. The last one contains all rows.
/// </summary>
internal sealed class SingleLinkage
{
    private readonly int _rowCount;
    private readonly int[] _left;
    private readonly int[] _right;
    private readonly int[] _sizes;

    /// <summary>Builds the hierarchy.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="edges">The n - 1 edges of a spanning tree.</param>
    public SingleLinkage(int rowCount, List<SpanningEdge> edges)
    {
        _rowCount = rowCount;
        (_left, _right, _sizes, Lengths) = (new int[edges.Count], new int[edges.Count], new int[edges.Count], new float[edges.Count]);
        var ordered = edges.OrderBy(edge => edge.Weight)
            .ThenBy(edge => Math.Min(edge.First, edge.Second))
            .ThenBy(edge => Math.Max(edge.First, edge.Second));
        var sets = new DisjointSets(rowCount);
        int[] nodeOf = [.. Enumerable.Range(0, rowCount)];
        var group = 0;
        foreach (var edge in ordered)
        {
            (_left[group], _right[group]) = (nodeOf[sets.Find(edge.First)], nodeOf[sets.Find(edge.Second)]);
            (_sizes[group], Lengths[group]) = (SizeOf(_left[group]) + SizeOf(_right[group]), edge.Weight);
            sets.Union(edge.First, edge.Second);
            nodeOf[sets.Find(edge.First)] = rowCount + group++;
        }
    }

    /// <summary>The length of the edge that formed each group, ascending.</summary>
    public float[] Lengths { get; }

    /// <summary>The root: the node that contains all rows.</summary>
    public int Root => _rowCount + _sizes.Length - 1;

    /// <summary>Whether a node is a row.</summary>
    public bool IsRow(int node) => node < _rowCount;

    /// <summary>The number of rows under a node.</summary>
    public int SizeOf(int node) => IsRow(node) ? 1 : _sizes[node - _rowCount];

    /// <summary>The nodes that merge into a group at its length: two, or more if several merges have exactly that length.</summary>
    public List<int> PartsOf(int group)
    {
        var length = this[group].Length;
        var parts = new List<int>(2);
        var pending = new Stack<int>([group]);
        while (pending.TryPop(out var node))
        {
            if (IsRow(node) || this[node].Length < length)
            {
                parts.Add(node);
                continue;
            }

            pending.Push(this[node].Right);
            pending.Push(this[node].Left);
        }

        return parts;
    }

    /// <summary>The two nodes that form a group, and the length of the edge between them.</summary>
    public (int Left, int Right, float Length) this[int group] =>
        (_left[group - _rowCount], _right[group - _rowCount], Lengths[group - _rowCount]);
}
