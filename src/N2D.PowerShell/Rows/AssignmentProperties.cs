using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell;

/// <summary>The properties with which Add-N2DAssignment extends objects.</summary>
internal static class AssignmentProperties
{
    /// <summary>The properties that every extended object has.</summary>
    private static readonly string[] Always = [nameof(ClusterAssignment.Cluster), nameof(ClusterAssignment.Probability)];

    private static readonly string[] All =
    [
        .. Always,
        nameof(ClusterAssignment.Confidence),
        nameof(ClusterAssignment.Novelty),
        nameof(ClusterAssignment.OutlierScore),
        nameof(ClusterAssignment.ClusterName),
    ];

    /// <summary>The properties of an assignment that has a cluster.</summary>
    /// <param name="assignment">The assignment.</param>
    /// <param name="hasNames">Whether clusters of the result have names.</param>
    public static IEnumerable<(string Name, object? Value)> Of(ClusterAssignment assignment, bool hasNames)
    {
        yield return (nameof(assignment.Cluster), assignment.Cluster);
        yield return (nameof(assignment.Probability), assignment.Probability);
        if (assignment.Confidence is { } confidence)
        {
            yield return (nameof(assignment.Confidence), confidence);
        }

        if (assignment.Novelty is { } novelty)
        {
            yield return (nameof(assignment.Novelty), novelty);
        }

        if (assignment.OutlierScore is { } score)
        {
            yield return (nameof(assignment.OutlierScore), score);
        }

        if (hasNames)
        {
            yield return (nameof(assignment.ClusterName), assignment.ClusterName);
        }
    }

    /// <summary>
    /// The names of these properties if an object was extended; otherwise none, because an object can have a property Cluster of its own.
    /// </summary>
    /// <param name="item">The object.</param>
    public static IReadOnlyList<string> On(PSObject item) =>
        Array.TrueForAll(Always, name => ItemProperties.TryGet(item, name, out _)) ? All : [];
}
