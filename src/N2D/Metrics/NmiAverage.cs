namespace N2D.Metrics;

/// <summary>The kind of mean of the two entropies by which the mutual information is divided.</summary>
public enum NmiAverage
{
    /// <summary>(H(classes) + H(clusters)) / 2, the common default today.</summary>
    Arithmetic,

    /// <summary>√(H(classes) H(clusters)), used in older studies. The NMI is never smaller than with the arithmetic mean.</summary>
    Geometric,
}
