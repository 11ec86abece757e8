namespace N2D.Study;

/// <summary>What a method of the study looks at.</summary>
public enum Representation
{
    /// <summary>The rows as they are in the data set.</summary>
    Raw,

    /// <summary>What an autoencoder makes of them.</summary>
    Autoencoder,
}
