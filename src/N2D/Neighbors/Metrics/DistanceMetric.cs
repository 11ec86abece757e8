namespace N2D.Neighbors;

/// <summary>How far apart two rows x and y are. Unless told otherwise, values agree with SciPy's functions of the same name.</summary>
public enum DistanceMetric
{
    /// <summary>Straight-line distance, sqrt(sum (x - y)^2).</summary>
    Euclidean,

    /// <summary>The square of the Euclidean distance, sum (x - y)^2: the same neighbors, at distances that grow faster.</summary>
    SquaredEuclidean,

    /// <summary>City-block distance, sum |x - y|.</summary>
    Manhattan,

    /// <summary>Largest coordinate difference, max |x - y|.</summary>
    Chebyshev,

    /// <summary>
    /// (sum |x - y|^p)^(1/p) for a power p of 1 or more: Manhattan at 1, Euclidean at 2, Chebyshev in the limit. Other powers take some
    /// fifteen times as long as these.
    /// </summary>
    Minkowski,

    /// <summary>One minus the cosine of the angle between the rows; 0 to 2. Not defined for a row of zeros.</summary>
    Cosine,

    /// <summary>One minus Pearson's correlation of the rows: the cosine distance of the centerd rows. Not defined for a constant row.</summary>
    Correlation,

    /// <summary>
    /// sum |x - y| / (|x| + |y|): differences relative to the values' own size. Coordinates that are zero in both rows (0/0) count as 0.
    /// </summary>
    Canberra,

    /// <summary>
    /// sum |x - y| / sum |x + y|, the dissimilarity of two lists of counts; 0 to 1 if no value is negative. Two rows of zeros (0/0, which SciPy
    /// leaves undefined) are 0 apart; rows that are each other's negative are infinitely far from each other.
    /// </summary>
    BrayCurtis,

    /// <summary>The share of the coordinates that differ; 0 to 1. For codes of categories, which are equal or not.</summary>
    Hamming,

    /// <summary>
    /// Of the coordinates that are not zero in one row at least, the share that are zero in the other; 0 to 1. A value is either zero or not, as
    /// for SciPy if it is given booleans; two rows of zeros (0/0) are 0 apart.
    /// </summary>
    Jaccard,

    /// <summary>
    /// Distance of two probability distributions, sqrt(1 - sum sqrt(x y)), after each row is divided by its sum; 0 to 1, with the values of
    /// umap-learn. Not defined for a row with a negative value, or of zeros alone.
    /// </summary>
    Hellinger,
}
