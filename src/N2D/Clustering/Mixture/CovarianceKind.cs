namespace N2D.Clustering;

/// <summary>The form of the covariance matrices of a mixture. Forms with fewer parameters need fewer rows.</summary>
public enum CovarianceKind
{
    /// <summary>Each Gaussian has its own general covariance matrix: d (d + 1) / 2 parameters each.</summary>
    Full,

    /// <summary>All Gaussians share one general covariance matrix: d (d + 1) / 2 parameters in total.</summary>
    Tied,

    /// <summary>Each Gaussian has its own diagonal covariance matrix: d parameters each.</summary>
    Diagonal,

    /// <summary>Each Gaussian has a single variance for all columns: one parameter each.</summary>
    Spherical,
}
