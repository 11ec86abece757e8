namespace N2D.Manifolds;

/// <summary>The comparison of targets in a supervised UMAP.</summary>
public enum TargetMetric
{
    /// <summary>As classes: two rows have the same class or different ones.</summary>
    Categorical,

    /// <summary>As numbers, by their difference.</summary>
    Euclidean,
}
