using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>What follows a hidden layer.</summary>
public enum Activation
{
    /// <summary>max(0, x), as in the N2D study.</summary>
    Relu,

    /// <summary>x, or 0.01 x where that is negative.</summary>
    LeakyRelu,

    /// <summary>x, or exp(x) - 1 where x is negative (Clevert et al., 2016).</summary>
    Elu,

    /// <summary>A scaled ELU that keeps mean and variance (Klambauer et al., 2017).</summary>
    Selu,

    /// <summary>x times the normal distribution function of x (Hendrycks and Gimpel, 2016).</summary>
    Gelu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The logistic function.</summary>
    Sigmoid,
}

/// <summary>Applies activations.</summary>
internal static class Activations
{
    /// <summary>The activation of each value.</summary>
    public static Tensor Apply(this Activation activation, Tensor values) => activation switch
    {
        Activation.Relu => nn.functional.relu(values),
        Activation.LeakyRelu => nn.functional.leaky_relu(values, 0.01),
        Activation.Elu => nn.functional.elu(values, 1),
        Activation.Selu => nn.functional.selu(values),
        Activation.Gelu => nn.functional.gelu(values),
        Activation.Tanh => values.tanh(),
        Activation.Sigmoid => values.sigmoid(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
    };
}
