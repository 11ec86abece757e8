namespace N2D.Metrics;

/// <summary>The mean of the two entropies that the mutual information is divided by.</summary>
public enum NmiAverage
{
    /// <summary>(H(classes) + H(clusters)) / 2: today's default in the field.</summary>
    Arithmetic,

    /// <summary>√(H(classes) H(clusters)): what older studies report. Never below the arithmetic one's value.</summary>
    Geometric,
}
