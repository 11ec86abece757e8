namespace N2D.Study;

/// <summary>The input of a method of the study.</summary>
public enum Representation
{
    /// <summary>The rows of the data set.</summary>
    Raw,

    /// <summary>The codes of an autoencoder.</summary>
    Autoencoder,
}
