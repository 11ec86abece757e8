using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Names clusters. The names stay with the result and are saved with its model.</para>
/// <para type="description">Returns the result with the names. The input is not changed, so keep the output: $result = $result |
/// Rename-N2DCluster 3 'login failures'. Clusters keep their numbers and the names that they have.</para>
/// <para type="description">Get-N2DAssignment and Add-N2DAssignment return the name of a row's cluster as ClusterName, plots show it, and
/// Get-N2DClusterProfile as well. Export-N2DModel saves the names, and Invoke-N2DModel gives them to the clusters of new rows. Refitting
/// (Update-N2DModel, Optimize-N2DCluster) numbers the clusters anew and drops the names.</para>
/// </summary>
[Cmdlet(VerbsCommon.Rename, "N2DCluster", DefaultParameterSetName = ByNumber)]
[OutputType(typeof(ClusterResult))]
public sealed class RenameN2DClusterCommand : N2DCmdlet
{
    private const string ByNumber = "ByNumber";
    private const string ByProfile = "ByProfile";

    /// <summary>
    /// <para type="description">The clustering: from Invoke-N2DCluster, Optimize-N2DCluster, Invoke-N2D or Invoke-N2DModel, or a
    /// row of Compare-N2DMethod.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Takes(typeof(ClusterResult))]
    [AllowNull]
    public ClusterResult InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The numbers of the clusters to name. Range: 0 or more, below the number of clusters.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByNumber)]
    [ValidateRange(0, int.MaxValue)]
    [RejectsTables]
    [WholeNumber]
    public int[] Cluster { get; set; } = [];

    /// <summary>
    /// <para type="description">The name of each of these clusters, in the same order. Empty text removes a name.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByNumber)]
    [AllowEmptyString]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// <para type="description">Profiles of the clusters, whose names are taken: the output of Get-N2DClusterProfile with
    /// -TextProperty, or any objects with the properties Cluster and Name. Clusters without a name there keep the names that they
    /// have.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByProfile)]
    [TakesSourceObjects]
    public object[] ClusterProfile { get; set; } = [];

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        if (ParameterSetName == ByNumber && Cluster.Length != Name.Length)
        {
            throw new N2DException(
                "NameCountMismatch",
                ErrorKind.InvalidArgument,
                $"There {Quantity.Are(Cluster.Length, "cluster")} (-Cluster) and {Quantity.Of(Name.Length, "name")} (-Name). Provide one "
                    + "name for each cluster.");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        StageInput.ThrowIfNoClusters(InputObject);
        var names = new string?[InputObject.ClusterCount];
        InputObject.GetClusterNames().ToArray().CopyTo(names, 0);
        var seen = new HashSet<int>();
        var given = ParameterSetName == ByNumber
            ? Cluster.Zip<int, string?>(Name)
            : ClusterProfile.Select(profile => NameOf(PSObject.AsPSObject(profile)));
        foreach (var (cluster, name) in given)
        {
            ThrowIfNoSuchCluster(cluster);
            ThrowIfRepeated(cluster, seen);
            if (cluster >= 0 && name is not null)
            {
                names[cluster] = name;
            }
        }

        WarnOfEqualNames(names);
        WriteObject(ResultView.Of(InputObject.WithClusterNames(names)));
    }

    private void WarnOfEqualNames(string?[] names)
    {
        var groups = names.Index().Where(name => !string.IsNullOrEmpty(name.Item)).GroupBy(name => name.Item, StringComparer.Ordinal);
        foreach (var equal in groups.Where(group => group.Count() > 1))
        {
            WriteWarning($"Clusters {string.Join(", ", equal.Select(name => name.Index))} have the same name, {Quotation.Of(equal.Key!)}. "
                + "Only their numbers tell them apart.");
        }
    }

    private static (int Cluster, string? Name) NameOf(PSObject profile) =>
        ItemProperties.TryGet(profile, nameof(Cluster), out var cluster) && ItemProperties.NumberOf(cluster) is { } number
            && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue
            && ItemProperties.TryGet(profile, nameof(Name), out var name)
                ? ((int)number, ItemProperties.TextOf(name) is { Length: > 0 } text ? text : null)
                : throw new N2DException(
                    "NotAProfile",
                    ErrorKind.InvalidArgument,
                    "An object of -ClusterProfile has no properties Cluster, a whole number, and Name. Provide the output of "
                        + "Get-N2DClusterProfile.",
                    profile);

    /// <summary>Rejects a second name, which would silently replace the first.</summary>
    private static void ThrowIfRepeated(int cluster, HashSet<int> seen)
    {
        if (!seen.Add(cluster))
        {
            throw new N2DException(
                "RepeatedCluster",
                ErrorKind.InvalidArgument,
                $"Cluster {cluster} is given more than once. Provide one name for each cluster.",
                cluster);
        }
    }

    /// <summary>Rejects unknown numbers. Noise (-1) is part of profiles, but has no name.</summary>
    private void ThrowIfNoSuchCluster(int cluster)
    {
        if (cluster < -1 || cluster >= InputObject.ClusterCount)
        {
            throw new N2DException(
                "ClusterNotFound",
                ErrorKind.NotFound,
                $"'{InputObject.Dataset}' has no cluster {cluster}. Its {Quantity.Of(InputObject.ClusterCount, "cluster")} "
                    + $"{(InputObject.ClusterCount == 1 ? "has the number 0" : $"have the numbers 0 to {InputObject.ClusterCount - 1}")}.",
                cluster);
        }
    }
}
