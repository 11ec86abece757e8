namespace N2D.Manifolds;

/// <summary>How the targets of a supervised UMAP are compared.</summary>
public enum TargetMetric
{
    /// <summary>As classes: two rows are of one class, or they are not.</summary>
    Categorical,

    /// <summary>As numbers: by their difference. Every metric of single numbers comes to that.</summary>
    Euclidean,
}
