namespace N2D.Models;

/// <summary>Finds where a row ended up by the id that it came with. Immutable.</summary>
public sealed class AssignmentLookup
{
    private readonly Dictionary<string, ClusterAssignment?> _byId = new(StringComparer.Ordinal);
    private readonly string _dataset;

    /// <summary>Looks through a clustering once.</summary>
    /// <param name="result">The clustering, of rows with ids.</param>
    /// <exception cref="N2DException">Its rows came without ids (<c>IdsRequired</c>).</exception>
    public AssignmentLookup(ClusterResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _dataset = result.Dataset;
        if (result.GetEmbedding().GetIds() is null)
        {
            throw new N2DException(
                "IdsRequired",
                ErrorKind.InvalidArgument,
                $"The rows of '{_dataset}' came without ids: make the data set with them (ConvertTo-N2DDataset -IdProperty), or join by order (without -IdProperty).",
                result);
        }

        foreach (var assignment in result.EnumerateAssignments(includeDropped: true).Cast<IdentifiedAssignment>())
        {
            // Null for what is there twice: nothing tells which of the rows is meant.
            _byId[assignment.Id] = _byId.ContainsKey(assignment.Id) ? null : assignment;
        }
    }

    /// <summary>Where the row of an id ended up.</summary>
    /// <param name="id">The id; letters count by their case.</param>
    /// <exception cref="N2DException">No row has it (<c>IdNotFound</c>), or several (<c>IdAmbiguous</c>).</exception>
    public ClusterAssignment Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _byId.TryGetValue(id, out var assignment)
            ? assignment ?? throw new N2DException("IdAmbiguous", ErrorKind.InvalidData, $"Several rows of '{_dataset}' have the id '{id}': give each its own, or join by order (-ByOrder).", id)
            : throw new N2DException("IdNotFound", ErrorKind.NotFound, $"No row of '{_dataset}' has the id '{id}'.", id);
    }
}
