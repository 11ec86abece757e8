namespace N2D.Manifolds;

/// <summary>What a principal component explains of the variance of the rows that it was fitted to.</summary>
/// <param name="Component">Its number, from 1, in the order of the columns of the layout.</param>
/// <param name="Variance">The variance along it, of n - 1 degrees of freedom: scikit-learn's explained_variance_.</param>
/// <param name="Ratio">Its share of the variance in all columns, 0 to 1: explained_variance_ratio_.</param>
/// <param name="CumulativeRatio">That of it and all components before it, 0 to 1.</param>
public sealed record ComponentVariance(int Component, double Variance, double Ratio, double CumulativeRatio);
