using TorchSharp;
using static TorchSharp.torch;

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

/// <summary>Computes activation functions.</summary>
internal static class Activations
{
    /// <summary>Applies the function to each value.</summary>
    public static Tensor Apply(this Activation activation, Tensor values) => activation switch
    {
        Activation.Relu => nn.functional.relu(values),
        Activation.LeakyRelu => LeakyRelu(values),
        Activation.Elu => nn.functional.elu(values, 1),
        Activation.Selu => nn.functional.selu(values),
        Activation.Gelu => nn.functional.gelu(values),
        Activation.Tanh => values.tanh(),
        Activation.Sigmoid => values.sigmoid(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
    };

    private static Tensor LeakyRelu(Tensor values)
    {
        // The scalar must outlive libtorch's call: TorchSharp does not keep a temporary one from the garbage collector.
        using Scalar slope = 0.01;
        return values.leaky_relu(slope);
    }
}
