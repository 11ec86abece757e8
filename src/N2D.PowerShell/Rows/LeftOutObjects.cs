namespace N2D.PowerShell;

/// <summary>
/// Collects objects that could not be joined. The first object of each kind of error is reported at once, so that -ErrorAction Stop stops
/// there. The others are reported at the end, in one error for each kind.
/// </summary>
internal sealed class LeftOutObjects
{
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);

    /// <summary>Adds an object.</summary>
    /// <param name="error">The reason.</param>
    /// <param name="number">The number of the object, from 1.</param>
    /// <param name="id">The id of the object; null if there is none.</param>
    /// <param name="item">The object.</param>
    /// <returns>The error to report now, if it is the first of its kind; null if it is reported at the end.</returns>
    public N2DException? Add(N2DException error, int number, string? id, object item)
    {
        if (_groups.TryGetValue(error.Id, out var group))
        {
            group.Later.Add((id is null ? $"{number}" : $"{number} ('{id}')", item));
            return null;
        }

        _groups.Add(error.Id, new Group(error, number, []));
        return new N2DException(error.Id, error.Kind, $"Object {number}{(id is null ? "" : $" ('{id}')")}: {error.Message}", item)
        { Options = error.Options };
    }

    /// <summary>The errors to report at the end, one for each kind with more objects. The target is the array of these objects.</summary>
    public IEnumerable<N2DException> Rest() =>
        from @group in _groups.Values
        where @group.Later.Count > 0
        let names = @group.Later.Select(later => later.Name).ToArray()
        select new N2DException(
            @group.Error.Id,
            @group.Error.Kind,
            $"{Quantity.Of(names.Length, "more object")} {(names.Length == 1 ? "was" : "were")} left out for the same reason as object "
                + $"{@group.First}: {ItemProperties.ListOf(names)}. The error's TargetObject holds {(names.Length == 1 ? "it" : "them")}.",
            @group.Later.Select(later => later.Item).ToArray());

    private sealed record Group(N2DException Error, int First, List<(string Name, object Item)> Later);
}
