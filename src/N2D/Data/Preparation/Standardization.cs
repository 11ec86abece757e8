namespace N2D.Data;

/// <summary>How the columns of a data set are brought to a common scale.</summary>
public enum Standardization
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>To mean 0 and standard deviation 1: for columns of different units.</summary>
    ZScore,

    /// <summary>To 0 at the smallest value and 1 at the largest: keeps the shape of a column, and follows its extremes.</summary>
    MinMax,
}
