namespace N2D.Pipeline;

/// <summary>The part that a fitted stage plays in the pipeline.</summary>
public enum StageRole
{
    /// <summary>Brings the columns to a common scale.</summary>
    Scaling,

    /// <summary>Replaces missing values, or turns categories into numbers.</summary>
    Preparation,

    /// <summary>Learns a compressed representation of the raw rows.</summary>
    Autoencoder,

    /// <summary>Learns the manifold that the rows lie on.</summary>
    Manifold,
}
