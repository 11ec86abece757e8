namespace N2D.PowerShell;

/// <summary>
/// The objects that could not be joined. The first one of each kind of error is told at once, by its number, so that -ErrorAction Stop stops there; those that follow are told in one error a
/// kind at the end: a thousand errors would say no more.
/// </summary>
internal sealed class LeftOutObjects
{
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);

    /// <summary>Takes note of an object.</summary>
    /// <param name="error">Why it is left out.</param>
    /// <param name="number">Which of the objects it is, from 1.</param>
    /// <param name="id">What else tells which one it is; null if nothing does.</param>
    /// <param name="item">The object.</param>
    /// <returns>The error to tell now, the first of its kind; null if it is told at the end.</returns>
    public N2DException? Add(N2DException error, int number, string? id, object item)
    {
        if (_groups.TryGetValue(error.Id, out var group))
        {
            group.Later.Add((id is null ? $"{number}" : $"{number} ('{id}')", item));
            return null;
        }

        _groups.Add(error.Id, new Group(error, number, []));
        return new N2DException(error.Id, error.Kind, $"Object {number}{(id is null ? "" : $" ('{id}')")}: {error.Message}", item) { Options = error.Options };
    }

    /// <summary>What is left to be told at the end: an error for each kind that more than one object met with. Its target is these objects.</summary>
    public IEnumerable<N2DException> Rest() =>
        from @group in _groups.Values
        where @group.Later.Count > 0
        let names = @group.Later.Select(later => later.Name).ToArray()
        select new N2DException(
            @group.Error.Id,
            @group.Error.Kind,
            $"{Quantity.Of(names.Length, "more object")} left out for the same reason as object {@group.First}: {ItemProperties.ListOf(names)}. The error's TargetObject holds {(names.Length == 1 ? "it" : "them")}.",
            @group.Later.Select(later => later.Item).ToArray());

    private sealed record Group(N2DException Error, int First, List<(string Name, object Item)> Later);
}
