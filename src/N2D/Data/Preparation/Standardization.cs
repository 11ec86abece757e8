namespace N2D.Data;

/// <summary>How the columns of a data set are scaled.</summary>
public enum Standardization
{
    /// <summary>No scaling.</summary>
    None,

    /// <summary>Mean 0 and standard deviation 1: for columns with different units.</summary>
    ZScore,

    /// <summary>Smallest value 0 and largest value 1: keeps the shape of a column, but is sensitive to extreme values.</summary>
    MinMax,
}
