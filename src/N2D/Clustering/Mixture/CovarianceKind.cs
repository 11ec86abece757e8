namespace N2D.Clustering;

/// <summary>What the covariances of a mixture's Gaussians may be: the fewer parameters, the fewer rows they need.</summary>
public enum CovarianceKind
{
    /// <summary>Each Gaussian has its own, of any shape: d (d + 1) / 2 parameters each.</summary>
    Full,

    /// <summary>All Gaussians have the same, of any shape: d (d + 1) / 2 parameters together.</summary>
    Tied,

    /// <summary>Each Gaussian has its own, with axes along the columns: d parameters each.</summary>
    Diagonal,

    /// <summary>Each Gaussian is as wide in every direction: one parameter each.</summary>
    Spherical,
}
