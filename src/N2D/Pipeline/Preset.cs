namespace N2D.Pipeline;

/// <summary>The defaults for the settings of all stages.</summary>
public enum Preset
{
    /// <summary>The recommended settings.</summary>
    Default,

    /// <summary>
    /// The settings of the N2D study, for comparison (McConville et al., 2020, and the authors' program): 1000 epochs of Adam with a
    /// constant learning rate, as many code dimensions as clusters, and a single start of the mixture.
    /// </summary>
    Paper,
}
