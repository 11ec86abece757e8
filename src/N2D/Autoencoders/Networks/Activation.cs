namespace N2D.Autoencoders;

/// <summary>The activation functions of hidden layers.</summary>
public enum Activation
{
    /// <summary>max(0, x), as in the N2D study.</summary>
    Relu,

    /// <summary>x where it is positive, otherwise 0.01 x.</summary>
    LeakyRelu,

    /// <summary>x where it is positive, otherwise exp(x) - 1 (Clevert et al., 2016).</summary>
    Elu,

    /// <summary>A scaled ELU that preserves mean and variance (Klambauer et al., 2017).</summary>
    Selu,

    /// <summary>x times the cumulative normal distribution at x (Hendrycks and Gimpel, 2016).</summary>
    Gelu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The logistic function.</summary>
    Sigmoid,
}
