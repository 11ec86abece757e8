namespace N2D.Ablation;

/// <summary>The input of a method of the comparison.</summary>
public enum Representation
{
    /// <summary>The rows of the data set.</summary>
    Raw,

    /// <summary>The codes of an autoencoder.</summary>
    Autoencoder,
}
