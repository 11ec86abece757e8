namespace N2D.Models;

/// <summary>The cluster of one row with an id.</summary>
public sealed record IdentifiedAssignment : ClusterAssignment
{
    /// <summary>Adds an id to an assignment.</summary>
    /// <param name="id">The row's id.</param>
    /// <param name="assignment">The row's assignment.</param>
    public IdentifiedAssignment(string id, ClusterAssignment assignment)
        : base(assignment) => Id = id;

    /// <summary>The row's id.</summary>
    public string Id { get; }
}
