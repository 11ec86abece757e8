using System.Runtime.InteropServices;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// The condensed cluster tree of HDBSCAN (Campello, Moulavi and Sander, 2013): as the density lambda (the inverse of a distance) increases,
/// a cluster loses rows until it splits into two or more clusters that are large enough. Clusters are numbered from the root, 0, and
/// parents have smaller numbers than their children.
/// </summary>
internal sealed class CondensedTree
{
    /// <summary>The number that means no cluster.</summary>
    public const int None = -1;

    /// <summary>The relative rounding error of stabilities, which are sums over rows: equal ones can differ by this.</summary>
    private const double StabilityRounding = 1e-12;

    private readonly List<Cluster> _clusters = [];
    private readonly float _shortest;

    /// <summary>Condenses a hierarchy.</summary>
    /// <param name="linkage">The single-linkage hierarchy.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="minimumSize">The smallest size of a cluster.</param>
    public CondensedTree(SingleLinkage linkage, int rowCount, int minimumSize)
    {
        // Equal rows would have an infinite density; they get twice the highest finite one.
        _shortest = linkage.Lengths.FirstOrDefault(length => length > 0, 2) / 2;
        LastCluster = new int[rowCount];
        Lambdas = new double[rowCount];
        _clusters.Add(new Cluster(None, 0));
        var pending = new Stack<(int Node, int Cluster)>([(linkage.Root, 0)]);
        while (pending.TryPop(out var next))
        {
            // Merges at the same distance count as one merge; otherwise, the result would depend on the order of the rows.
            var length = linkage[next.Node].Length;
            var (parts, lambda) = (linkage.PartsOf(next.Node), LambdaOf(length));
            var isSplit = parts.Count(part => linkage.SizeOf(part) >= minimumSize) > 1;
            foreach (var part in parts)
            {
                if (linkage.SizeOf(part) < minimumSize)
                {
                    RemoveRows(linkage, part, next.Cluster, lambda);
                }
                else if (isSplit)
                {
                    At(next.Cluster).LoseRows(linkage.SizeOf(part), lambda);
                    _clusters.Add(new Cluster(next.Cluster, lambda));
                    pending.Push((part, _clusters.Count - 1));
                }
                else
                {
                    pending.Push((part, next.Cluster));
                }
            }
        }
    }

    private CondensedTree(IEnumerable<Cluster> clusters, float shortest, int[] lastCluster, double[] lambdas)
    {
        _clusters.AddRange(clusters);
        (_shortest, LastCluster, Lambdas) = (shortest, lastCluster, lambdas);
    }

    /// <summary>The last (smallest) cluster that contains each row.</summary>
    public int[] LastCluster { get; }

    /// <summary>The density at which each row leaves its last cluster.</summary>
    public double[] Lambdas { get; }

    /// <summary>The number of clusters in the tree, including the root.</summary>
    public int Count => _clusters.Count;

    /// <summary>The density of a distance, finite even for 0.</summary>
    public double LambdaOf(float length) => 1 / (double)MathF.Max(length, _shortest);

    /// <summary>The parent of a cluster; <see cref="None"/> for the root.</summary>
    public int ParentOf(int cluster) => _clusters[cluster].Parent;

    /// <summary>The density at which a cluster appears.</summary>
    public double BirthOf(int cluster) => _clusters[cluster].Birth;

    /// <summary>The density at which a cluster loses its last rows.</summary>
    public double DeathOf(int cluster) => _clusters[cluster].Death;

    /// <summary>Selects clusters that do not contain each other.</summary>
    /// <param name="selection">The selection method.</param>
    /// <param name="epsilon">The distance below which clusters do not split; 0 to allow all splits.</param>
    /// <param name="allowRoot">Whether the root can be selected.</param>
    /// <returns>For each cluster, the selected cluster that contains it (or is it); <see cref="None"/> if there is none.</returns>
    public int[] Select(ClusterSelection selection, double epsilon, bool allowRoot)
    {
        // In descending order, children come before their parents. A cluster that dies at its birth density, such as a group of equal rows,
        // is never selected.
        var childStabilities = new double[Count];
        var hasChildren = new bool[Count];
        var isKept = new bool[Count];
        for (var cluster = Count - 1; cluster >= 0; cluster--)
        {
            var own = _clusters[cluster];
            var isBetter = selection == ClusterSelection.Leaf
                ? !hasChildren[cluster]
                : own.Stability >= childStabilities[cluster] * (1 - StabilityRounding);
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

    /// <summary>The density of <paramref name="epsilon"/>, rounded like the densities of the rows' distances.</summary>
    public static double DensityOf(double epsilon) => 1 / (double)(float)epsilon;

    /// <summary>
    /// The highest density of each cluster and its descendants. Outlier scores are relative to it (GLOSH; Campello, Moulavi, Zimek and
    /// Sander, 2015).
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

    /// <summary>Writes the tree to a model file.</summary>
    public void Write(ModelPartWriter part)
    {
        part.Set("shortest", _shortest);
        part.Add<int>("lastCluster", LastCluster, LastCluster.Length);
        part.Add<double>("lambdas", Lambdas, Lambdas.Length);
        part.Add<int>("parents", (int[])[.. _clusters.Skip(1).Select(cluster => cluster.Parent)], Count - 1);
        part.Add<double>(
            "spans", (double[])[.. _clusters.SelectMany(cluster => new[] { cluster.Birth, cluster.Death, cluster.Stability })], Count, 3);
    }

    /// <summary>Reads a tree from a model file.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="rowCount">n.</param>
    public static CondensedTree Read(ModelPartReader part, int rowCount)
    {
        var (shortest, count) = (part.Get<float>("shortest"), part.SizeOf("spans"));
        if (count < 1 || !(shortest > 0 && float.IsFinite(shortest)))
        {
            throw part.Corrupt($"its hierarchy of {count} clusters with a shortest distance of {shortest} is invalid");
        }

        var parents = part.GetIndices("parents", count, count - 1);
        var spans = part.GetArray<double>("spans", count, 3);
        var clusters = new Cluster[count];
        for (var cluster = 0; cluster < count; cluster++)
        {
            var parent = cluster == 0 ? None : parents[cluster - 1];
            clusters[cluster] = new Cluster(parent, spans[3 * cluster], spans[(3 * cluster) + 1], spans[(3 * cluster) + 2]);
            if (parent >= cluster
                || clusters[cluster] is not { Birth: >= 0, Stability: >= 0 }
                || clusters[cluster].Death < clusters[cluster].Birth)
            {
                throw part.Corrupt($"cluster {cluster} in its hierarchy comes before its parent or ends before it begins");
            }
        }

        return new CondensedTree(
            clusters, shortest, part.GetIndices("lastCluster", count, rowCount), part.GetArray<double>("lambdas", rowCount));
    }

    private void RemoveRows(SingleLinkage linkage, int node, int cluster, double lambda)
    {
        At(cluster).LoseRows(linkage.SizeOf(node), lambda);
        var pending = new Stack<int>([node]);
        while (pending.TryPop(out var next))
        {
            if (linkage.IsRow(next))
            {
                (LastCluster[next], Lambdas[next]) = (cluster, lambda);
                continue;
            }

            var (left, right, _) = linkage[next];
            pending.Push(left);
            pending.Push(right);
        }
    }

    /// <summary>For each cluster, the topmost kept cluster among itself and its ancestors; <see cref="None"/> if there is none.</summary>
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
    /// Replaces a selected cluster if splits beyond a density are not allowed: by its first ancestor that appears at a lower density
    /// (Malzer and Baum, 2020, as implemented in the hdbscan package). If that is the root and the root is not allowed, by the last
    /// ancestor before it.
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

        /// <summary>
        /// The excess of mass: the sum of lambda - birth over its rows, where lambda is the density at which a row leaves.
        /// </summary>
        public double Stability { get; private set; } = stability;

        public void LoseRows(int rowCount, double lambda)
        {
            Stability += rowCount * (lambda - Birth);
            Death = Math.Max(Death, lambda);
        }
    }
}
