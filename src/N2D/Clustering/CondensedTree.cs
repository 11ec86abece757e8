using System.Runtime.InteropServices;

namespace N2D.Clustering;

/// <summary>
/// The hierarchy without its small parts (Campello, Moulavi and Sander, 2013): as the density rises, a cluster loses rows one by one until it falls into two
/// that are both large enough. A density is the inverse of a length, lambda; clusters are numbered from the root, 0, each after its parent.
/// </summary>
internal sealed class CondensedTree
{
    /// <summary>The number of no cluster.</summary>
    public const int None = -1;

    private readonly List<Cluster> _clusters = [];
    private readonly float _shortest;

    /// <summary>Condenses.</summary>
    /// <param name="linkage">The hierarchy.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="minimumSize">The fewest rows of a cluster.</param>
    public CondensedTree(SingleLinkage linkage, int rowCount, int minimumSize)
    {
        // Rows at one place would have an infinite density; they get twice the highest that is not.
        _shortest = linkage.Lengths.FirstOrDefault(length => length > 0, 2) / 2;
        LastCluster = new int[rowCount];
        Lambdas = new double[rowCount];
        _clusters.Add(new Cluster(None, 0));
        var waiting = new Stack<(int Node, int Cluster)>([(linkage.Root, 0)]);
        while (waiting.TryPop(out var next))
        {
            var (left, right, length) = linkage[next.Node];
            var lambda = LambdaOf(length);
            var (isLeftLarge, isRightLarge) = (linkage.SizeOf(left) >= minimumSize, linkage.SizeOf(right) >= minimumSize);
            foreach (var (part, isLarge, isOtherLarge) in new[] { (left, isLeftLarge, isRightLarge), (right, isRightLarge, isLeftLarge) })
            {
                if (!isLarge)
                {
                    Drop(linkage, part, next.Cluster, lambda);
                }
                else if (isOtherLarge)
                {
                    At(next.Cluster).Lose(linkage.SizeOf(part), lambda);
                    _clusters.Add(new Cluster(next.Cluster, lambda));
                    waiting.Push((part, _clusters.Count - 1));
                }
                else
                {
                    waiting.Push((part, next.Cluster));
                }
            }
        }
    }

    /// <summary>The smallest cluster that each row is ever in.</summary>
    public int[] LastCluster { get; }

    /// <summary>The density at which each row falls away from it.</summary>
    public double[] Lambdas { get; }

    /// <summary>The number of clusters of the hierarchy, the root among them.</summary>
    public int Count => _clusters.Count;

    /// <summary>The density of a length, finite even for none.</summary>
    public double LambdaOf(float length) => 1 / (double)MathF.Max(length, _shortest);

    /// <summary>The cluster that a cluster fell from; <see cref="None"/> of the root.</summary>
    public int ParentOf(int cluster) => _clusters[cluster].Parent;

    /// <summary>The density at which a cluster begins.</summary>
    public double BirthOf(int cluster) => _clusters[cluster].Birth;

    /// <summary>The density at which a cluster loses its last rows.</summary>
    public double DeathOf(int cluster) => _clusters[cluster].Death;

    /// <summary>Selects clusters none of which is within another.</summary>
    /// <param name="selection">How.</param>
    /// <param name="allowRoot">Whether the root may be one.</param>
    /// <returns>Of each cluster the selected one that it is or is within; <see cref="None"/> where there is none.</returns>
    public int[] Select(ClusterSelection selection, bool allowRoot)
    {
        // Parents come before their children: from the last to the first, all children of a cluster have been looked at. What ends at the density at which
        // it begins, such as a part of equal rows, is none.
        var childStabilities = new double[Count];
        var hasChildren = new bool[Count];
        var isKept = new bool[Count];
        for (var cluster = Count - 1; cluster >= 0; cluster--)
        {
            var own = _clusters[cluster];
            var isBetter = selection == ClusterSelection.Leaf ? !hasChildren[cluster] : own.Stability >= childStabilities[cluster];
            isKept[cluster] = isBetter && own.Stability > 0 && (cluster > 0 || allowRoot);
            if (cluster > 0)
            {
                hasChildren[own.Parent] |= isKept[cluster] || hasChildren[cluster];
                childStabilities[own.Parent] += isKept[cluster] ? own.Stability : childStabilities[cluster];
            }
        }

        var selected = new int[Count];
        for (var cluster = 0; cluster < Count; cluster++)
        {
            var above = cluster == 0 ? None : selected[ParentOf(cluster)];
            selected[cluster] = above == None && isKept[cluster] ? cluster : above;
        }

        return selected;
    }

    private void Drop(SingleLinkage linkage, int node, int cluster, double lambda)
    {
        At(cluster).Lose(linkage.SizeOf(node), lambda);
        var waiting = new Stack<int>([node]);
        while (waiting.TryPop(out var next))
        {
            if (linkage.IsRow(next))
            {
                (LastCluster[next], Lambdas[next]) = (cluster, lambda);
                continue;
            }

            var (left, right, _) = linkage[next];
            waiting.Push(left);
            waiting.Push(right);
        }
    }

    private ref Cluster At(int cluster) => ref CollectionsMarshal.AsSpan(_clusters)[cluster];

    private struct Cluster(int parent, double birth)
    {
        public int Parent { get; } = parent;

        public double Birth { get; } = birth;

        public double Death { get; private set; } = birth;

        /// <summary>The sum over its rows of how much longer than its birth they stay: its excess of mass.</summary>
        public double Stability { get; private set; }

        public void Lose(int rowCount, double lambda)
        {
            Stability += rowCount * (lambda - Birth);
            Death = Math.Max(Death, lambda);
        }
    }
}
