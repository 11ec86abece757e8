namespace N2D.Neighbors;

/// <summary>How far apart two rows x and y are.</summary>
public enum DistanceMetric
{
    /// <summary>Straight-line distance, sqrt(sum (x - y)^2).</summary>
    Euclidean,

    /// <summary>City-block distance, sum |x - y|.</summary>
    Manhattan,

    /// <summary>Largest coordinate difference, max |x - y|.</summary>
    Chebyshev,

    /// <summary>One minus the cosine of the angle between the rows; 0 to 2. Not defined for a row of zeros.</summary>
    Cosine,

    /// <summary>One minus Pearson's correlation of the rows: the cosine distance of the centred rows. Not defined for a constant row.</summary>
    Correlation,
}
