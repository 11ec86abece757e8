namespace N2D.Pipeline;

/// <summary>A whole recipe: the settings that hold of every stage unless others are asked for.</summary>
public enum Preset
{
    /// <summary>This module's own.</summary>
    Default,

    /// <summary>
    /// The N2D study's, for comparison (McConville et al., 2020, and the program that its authors published): 1000 epochs of Adam at a constant rate, a code as wide as
    /// there are clusters, one start of the mixture.
    /// </summary>
    Paper,
}
