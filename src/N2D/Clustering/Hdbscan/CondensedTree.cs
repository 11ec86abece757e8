using System.Runtime.InteropServices;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// The hierarchy without its small parts (Campello, Moulavi and Sander, 2013): as the density rises, a cluster loses rows one by one until it falls into two
/// or more that are large enough. A density is the inverse of a length, lambda; clusters are numbered from the root, 0, each after its parent.
/// </summary>
internal sealed class CondensedTree
{
    /// <summary>The number of no cluster.</summary>
    public const int None = -1;

    /// <summary>Stabilities are sums over rows in the order of the hierarchy's joins: equal ones differ by their rounding alone.</summary>
    private const double StabilityRounding = 1e-12;

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
            // What joins at one length joins at once: else the order of the rows would say who splits off first.
            var length = linkage[next.Node].Length;
            var (parts, lambda) = (linkage.PartsOf(next.Node), LambdaOf(length));
            var isSplit = parts.Count(part => linkage.SizeOf(part) >= minimumSize) > 1;
            foreach (var part in parts)
            {
                if (linkage.SizeOf(part) < minimumSize)
                {
                    Drop(linkage, part, next.Cluster, lambda);
                }
                else if (isSplit)
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

    private CondensedTree(IEnumerable<Cluster> clusters, float shortest, int[] lastCluster, double[] lambdas)
    {
        _clusters.AddRange(clusters);
        (_shortest, LastCluster, Lambdas) = (shortest, lastCluster, lambdas);
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
    /// <param name="epsilon">The length below which no cluster falls apart; 0 for none.</param>
    /// <param name="allowRoot">Whether the root may be one.</param>
    /// <returns>Of each cluster the selected one that it is or is within; <see cref="None"/> where there is none.</returns>
    public int[] Select(ClusterSelection selection, double epsilon, bool allowRoot)
    {
        // Parents come before their children: from the last to the first, all children of a cluster have been looked at. What ends at the density at which
        // it begins, such as a part of equal rows, is none.
        var childStabilities = new double[Count];
        var hasChildren = new bool[Count];
        var isKept = new bool[Count];
        for (var cluster = Count - 1; cluster >= 0; cluster--)
        {
            var own = _clusters[cluster];
            var isBetter = selection == ClusterSelection.Leaf ? !hasChildren[cluster] : own.Stability >= childStabilities[cluster] * (1 - StabilityRounding);
            isKept[cluster] = isBetter && own.Stability > 0 && (cluster > 0 || allowRoot);
            if (cluster > 0)
            {
                hasChildren[own.Parent] |= isKept[cluster] || hasChildren[cluster];
                childStabilities[own.Parent] += isKept[cluster] ? own.Stability : childStabilities[cluster];
            }
        }

        var selected = Topmost(isKept);
        if (epsilon == 0)
        {
            return selected;
        }

        var isRaised = new bool[Count];
        foreach (var cluster in selected.Where(cluster => cluster != None).Distinct())
        {
            isRaised[Raise(cluster, DensityOf(epsilon), allowRoot)] = true;
        }

        return Topmost(isRaised);
    }

    /// <summary>The density of a length that was asked for, as those of the rows' own lengths are counted.</summary>
    public static double DensityOf(double epsilon) => 1 / (double)(float)epsilon;

    /// <summary>
    /// The highest density that each cluster or one within it reaches: where the last of it is gone. What a row's own density falls short of it is its outlier score (GLOSH; Campello, Moulavi,
    /// Zimek and Sander, 2015).
    /// </summary>
    public double[] Peaks()
    {
        double[] peaks = [.. _clusters.Select(cluster => cluster.Death)];
        for (var cluster = Count - 1; cluster > 0; cluster--)
        {
            ref var above = ref peaks[ParentOf(cluster)];
            above = Math.Max(above, peaks[cluster]);
        }

        return peaks;
    }

    /// <summary>Hands the hierarchy over to a model file.</summary>
    public void Write(ModelPartWriter part)
    {
        part.Set("shortest", _shortest);
        part.Add<int>("lastCluster", LastCluster, LastCluster.Length);
        part.Add<double>("lambdas", Lambdas, Lambdas.Length);
        part.Add<int>("parents", (int[])[.. _clusters.Skip(1).Select(cluster => cluster.Parent)], Count - 1);
        part.Add<double>("spans", (double[])[.. _clusters.SelectMany(cluster => new[] { cluster.Birth, cluster.Death, cluster.Stability })], Count, 3);
    }

    /// <summary>Makes the same of what was handed over.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="rowCount">n.</param>
    public static CondensedTree Read(ModelPartReader part, int rowCount)
    {
        var (shortest, count) = (part.Get<float>("shortest"), part.SizeOf("spans"));
        if (count < 1 || !(shortest > 0 && float.IsFinite(shortest)))
        {
            throw part.Corrupt($"a hierarchy of {count} clusters of rows that are at least {shortest} apart is none");
        }

        var parents = part.GetIndices("parents", count, count - 1);
        var spans = part.GetArray<double>("spans", count, 3);
        var clusters = new Cluster[count];
        for (var cluster = 0; cluster < count; cluster++)
        {
            var parent = cluster == 0 ? None : parents[cluster - 1];
            clusters[cluster] = new Cluster(parent, spans[3 * cluster], spans[(3 * cluster) + 1], spans[(3 * cluster) + 2]);
            if (parent >= cluster || clusters[cluster] is not { Birth: >= 0, Stability: >= 0 } || clusters[cluster].Death < clusters[cluster].Birth)
            {
                throw part.Corrupt($"cluster {cluster} of its hierarchy begins before its parent or ends before it begins");
            }
        }

        return new CondensedTree(clusters, shortest, part.GetIndices("lastCluster", count, rowCount), part.GetArray<double>("lambdas", rowCount));
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

    /// <summary>Of each cluster the topmost that is kept, among itself and those it is within; <see cref="None"/> where there is none.</summary>
    private int[] Topmost(bool[] isKept)
    {
        var selected = new int[Count];
        for (var cluster = 0; cluster < Count; cluster++)
        {
            var above = cluster == 0 ? None : selected[ParentOf(cluster)];
            selected[cluster] = above == None && isKept[cluster] ? cluster : above;
        }

        return selected;
    }

    /// <summary>
    /// The cluster that a selected one stands for where nothing falls apart past a density: the first above it that begins below, or itself if it does (Malzer and Baum, 2020, as the hdbscan
    /// package has it). Where the root may not be selected, the last before it.
    /// </summary>
    private int Raise(int cluster, double density, bool allowRoot)
    {
        if (cluster == 0 || BirthOf(cluster) <= density)
        {
            return cluster;
        }

        while (true)
        {
            var parent = ParentOf(cluster);
            if (parent == 0)
            {
                return allowRoot ? parent : cluster;
            }

            if (BirthOf(parent) < density)
            {
                return parent;
            }

            cluster = parent;
        }
    }

    private ref Cluster At(int cluster) => ref CollectionsMarshal.AsSpan(_clusters)[cluster];

    private struct Cluster(int parent, double birth, double death, double stability)
    {
        public Cluster(int parent, double birth)
            : this(parent, birth, birth, 0)
        {
        }

        public int Parent { get; } = parent;

        public double Birth { get; } = birth;

        public double Death { get; private set; } = death;

        /// <summary>The sum over its rows of how much longer than its birth they stay: its excess of mass.</summary>
        public double Stability { get; private set; } = stability;

        public void Lose(int rowCount, double lambda)
        {
            Stability += rowCount * (lambda - Birth);
            Death = Math.Max(Death, lambda);
        }
    }
}
