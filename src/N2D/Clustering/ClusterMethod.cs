namespace N2D.Clustering;

/// <summary>The algorithms that find clusters.</summary>
public enum ClusterMethod
{
    /// <summary>A mixture of Gaussians with full covariances, fitted by expectation-maximisation.</summary>
    GaussianMixture,
}
