using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>How exactly the products of a network are computed; sums, parameters and the optimizer are float32 in any case.</summary>
public enum Precision
{
    /// <summary>In float32.</summary>
#pragma warning disable CA1720 // The format's own name (IEEE 754), and what peers call it.
    Float32,
#pragma warning restore CA1720

    /// <summary>On NVIDIA GPUs since Ampere in TensorFloat-32, whose factors have 10 bits of fraction in place of 23; elsewhere in float32.</summary>
    TensorFloat32,

    /// <summary>In bfloat16, whose factors have 7 bits of fraction. Fast where the processor or GPU has it in hardware, and slow elsewhere.</summary>
    BFloat16,
}

/// <summary>Rounds as a precision says.</summary>
internal static class Precisions
{
    /// <summary>The product of two matrices, in float32.</summary>
    public static Tensor Product(this Precision precision, Tensor left, Tensor right) =>
        precision == Precision.BFloat16 ? left.to(ScalarType.BFloat16).matmul(right.to(ScalarType.BFloat16)).to(ScalarType.Float32) : left.matmul(right);

    /// <summary>What a convolution is to be given.</summary>
    public static Tensor Rounded(this Precision precision, Tensor values) => precision == Precision.BFloat16 ? values.to(ScalarType.BFloat16) : values;

    /// <summary>Has libtorch use TensorFloat-32 or not, as a precision says, until it is disposed. The setting is the process's.</summary>
    public static IDisposable Begin(this Precision precision) => new TensorFloat32Setting(precision == Precision.TensorFloat32);

    private sealed class TensorFloat32Setting : IDisposable
    {
        private readonly bool _products = backends.cuda.matmul.allow_tf32;
        private readonly bool _convolutions = backends.cudnn.allow_tf32;

        /// <summary>Convolutions are set as well: libtorch has them rounded unless told.</summary>
        public TensorFloat32Setting(bool isAllowed) => (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (isAllowed, isAllowed);

        public void Dispose() => (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (_products, _convolutions);
    }
}
