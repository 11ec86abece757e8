using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Computes activation functions.</summary>
internal static class TensorActivations
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
