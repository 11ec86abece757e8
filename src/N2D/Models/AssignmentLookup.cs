namespace N2D.Models;

/// <summary>Finds the assignment of a row by its id. Immutable.</summary>
public sealed class AssignmentLookup
{
    private readonly Dictionary<string, ClusterAssignment?> _byId = new(StringComparer.Ordinal);
    private readonly string _dataset;

    /// <summary>Indexes the assignments of a clustering.</summary>
    /// <param name="result">The clustering of rows with ids.</param>
    /// <exception cref="N2DException">The rows have no ids (<c>IdsRequired</c>).</exception>
    public AssignmentLookup(ClusterResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _dataset = result.Dataset;
        if (result.GetEmbedding().GetIds() is null)
        {
            throw new N2DException(
                "IdsRequired",
                ErrorKind.InvalidArgument,
                $"The rows of '{_dataset}' have no ids. Set an id column when the rows are read, or match rows by their order.",
                result);
        }

        foreach (var assignment in result.EnumerateAssignments(includeDropped: true).Cast<IdentifiedAssignment>())
        {
            // Null marks an ambiguous id.
            _byId[assignment.Id] = _byId.ContainsKey(assignment.Id) ? null : assignment;
        }
    }

    /// <summary>Returns the assignment of the row with an id.</summary>
    /// <param name="id">The id, case-sensitive.</param>
    /// <exception cref="N2DException">No row has the id (<c>IdNotFound</c>), or several rows have it (<c>IdAmbiguous</c>).</exception>
    public ClusterAssignment Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _byId.TryGetValue(id, out var assignment)
            ? assignment ?? throw new N2DException(
                "IdAmbiguous",
                ErrorKind.InvalidData,
                $"Several rows of '{_dataset}' have the id '{id}'. Give each row a unique id, or match rows by their order.",
                id)
            : throw new N2DException("IdNotFound", ErrorKind.NotFound, $"No row of '{_dataset}' has the id '{id}'.", id);
    }
}
