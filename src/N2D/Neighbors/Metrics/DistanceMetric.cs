namespace N2D.Neighbors;

/// <summary>The distance between two rows x and y. Unless stated otherwise, values agree with SciPy's functions of the same name.</summary>
public enum DistanceMetric
{
    /// <summary>Straight-line distance, sqrt(sum (x - y)^2).</summary>
    Euclidean,

    /// <summary>Square of the Euclidean distance, sum (x - y)^2: the same neighbors, but distances grow faster.</summary>
    SquaredEuclidean,

    /// <summary>City-block distance, sum |x - y|.</summary>
    Manhattan,

    /// <summary>Largest coordinate difference, max |x - y|.</summary>
    Chebyshev,

    /// <summary>
    /// (sum |x - y|^p)^(1/p) for a power p of 1 or more: Manhattan at 1, Euclidean at 2, Chebyshev in the limit. Other powers take about 15
    /// times as long as these.
    /// </summary>
    Minkowski,

    /// <summary>One minus the cosine of the angle between the rows; 0 to 2. Not defined for a row of zeros.</summary>
    Cosine,

    /// <summary>
    /// One minus Pearson's correlation of the rows: the cosine distance of the centered rows. Not defined for a constant row.
    /// </summary>
    Correlation,

    /// <summary>
    /// sum |x - y| / (|x| + |y|): differences relative to the size of the values. Coordinates that are zero in both rows (0/0) count as 0.
    /// </summary>
    Canberra,

    /// <summary>
    /// sum |x - y| / sum |x + y|, the dissimilarity of two lists of counts; 0 to 1 if no value is negative. The distance of two rows of
    /// zeros (0/0, which is undefined in SciPy) is 0. The distance of rows that are the negatives of each other is infinite.
    /// </summary>
    BrayCurtis,

    /// <summary>Fraction of the coordinates that differ; 0 to 1. For category codes.</summary>
    Hamming,

    /// <summary>
    /// Among the coordinates that are nonzero in at least one row, the fraction that is zero in the other; 0 to 1. Only zero and nonzero
    /// count, as in SciPy for booleans. The distance of two rows of zeros (0/0) is 0.
    /// </summary>
    Jaccard,

    /// <summary>
    /// Distance of two probability distributions, sqrt(1 - sum sqrt(x y)), after each row is divided by its sum; 0 to 1, with the values of
    /// umap-learn. Not defined for rows with a negative value, or rows of zeros.
    /// </summary>
    Hellinger,
}
