namespace N2D.Manifolds;

/// <summary>The variance of the rows of a fit that a principal component explains.</summary>
/// <param name="Component">The number of the component, from 1, in the order of the columns of the layout.</param>
/// <param name="Variance">The variance along the component, with n - 1 degrees of freedom: scikit-learn's explained_variance_.</param>
/// <param name="Ratio">The fraction of the total variance that the component explains, 0 to 1: explained_variance_ratio_.</param>
/// <param name="CumulativeRatio">The fraction that this component and all before it explain, 0 to 1.</param>
public sealed record ComponentVariance(int Component, double Variance, double Ratio, double CumulativeRatio);
