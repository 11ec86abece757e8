namespace N2D.Models;

/// <summary>Where one row ended up that has an id.</summary>
public sealed record IdentifiedAssignment : ClusterAssignment
{
    /// <summary>Adds the id.</summary>
    /// <param name="id">The row's id.</param>
    /// <param name="assignment">Where the row ended up.</param>
    public IdentifiedAssignment(string id, ClusterAssignment assignment)
        : base(assignment) => Id = id;

    /// <summary>The id that the row came with.</summary>
    public string Id { get; }
}
