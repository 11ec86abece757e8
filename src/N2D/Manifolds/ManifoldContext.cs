using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// Optional inputs of a manifold fit, besides the rows and the options. Each learner uses some of them, and refuses the others.
/// </summary>
public sealed record ManifoldContext
{
    /// <summary>A context without any input.</summary>
    public static ManifoldContext Empty { get; } = new();

    /// <summary>
    /// Neighbors of the rows, used instead of a search. The options' metric states how their distances were measured; new rows are placed
    /// by it. Null to search.
    /// </summary>
    public GivenNeighbors? Neighbors { get; init; }

    /// <summary>
    /// Initial coordinates, n x c, used instead of the options' initialization. Their offset and scale have no effect. Null to use the
    /// initialization in the options.
    /// </summary>
    public Matrix? InitialLayout { get; init; }

    /// <summary>Classes of the rows, for a supervised layout. Some may be unknown. Null for an unsupervised layout.</summary>
    public Labels? Labels { get; init; }

    /// <summary>Numeric targets of the rows, for a supervised layout. Some may be unknown. Null for an unsupervised layout.</summary>
    public NumericTarget? Targets { get; init; }

    /// <summary>The names of the inputs that are present.</summary>
    internal IEnumerable<string> Inputs()
    {
        (string Name, object? Value)[] inputs =
        [
            (nameof(Neighbors), Neighbors), (nameof(InitialLayout), InitialLayout), (nameof(Labels), Labels), (nameof(Targets), Targets),
        ];
        return inputs.Where(input => input.Value is not null).Select(input => input.Name);
    }

    /// <summary>The inputs that a fitted model keeps: of the neighbors only those that it used, and no labels.</summary>
    /// <param name="used">The neighbors that the fit used, given or found.</param>
    internal ManifoldContext Kept(NeighborGraph used) =>
        this with { Neighbors = Neighbors is null ? null : GivenNeighbors.Of(used), Labels = null };
}
