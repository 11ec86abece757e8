namespace N2D.Profiles;

/// <summary>What a row is an example of.</summary>
public enum ExemplarKind
{
    /// <summary>The center of the cluster: the medoid, and the rows nearest to the center after it.</summary>
    Central,

    /// <summary>The boundary to the nearest other cluster.</summary>
    Boundary,
}
