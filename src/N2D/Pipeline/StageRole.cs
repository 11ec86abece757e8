namespace N2D.Pipeline;

/// <summary>The role of a fitted stage in the pipeline.</summary>
public enum StageRole
{
    /// <summary>Scales the columns.</summary>
    Scaling,

    /// <summary>Replaces missing values, or encodes categories as numbers.</summary>
    Preparation,

    /// <summary>Learns a compressed representation of the raw rows.</summary>
    Autoencoder,

    /// <summary>Learns the manifold that the rows lie on.</summary>
    Manifold,

    /// <summary>Learns features by predicting the clusters of a previous result.</summary>
    Classifier,
}
