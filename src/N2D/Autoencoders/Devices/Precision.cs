using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>The precision of a network's matrix products. Sums, parameters and the optimizer always use float32.</summary>
public enum Precision
{
    /// <summary>float32.</summary>
#pragma warning disable CA1720 // The name of the format (IEEE 754), as in other libraries.
    Float32,
#pragma warning restore CA1720

    /// <summary>
    /// TensorFloat-32 on NVIDIA GPUs since Ampere: factors have 10 bits of fraction instead of 23. On other devices, float32.
    /// </summary>
    TensorFloat32,

    /// <summary>bfloat16: factors have 7 bits of fraction. Fast on CPUs and GPUs that support it in hardware, slow on others.</summary>
    BFloat16,
}

/// <summary>Computes products in a given precision.</summary>
internal static class Precisions
{
    /// <summary>Returns the product of two matrices, as float32.</summary>
    public static Tensor Product(this Precision precision, Tensor left, Tensor right) =>
        precision == Precision.BFloat16
            ? left.to(ScalarType.BFloat16).matmul(right.to(ScalarType.BFloat16)).to(ScalarType.Float32)
            : left.matmul(right);

    /// <summary>Converts the input of a convolution.</summary>
    public static Tensor Rounded(this Precision precision, Tensor values) => precision == Precision.BFloat16
        ? values.to(ScalarType.BFloat16)
        : values;

    /// <summary>
    /// Sets whether libtorch uses TensorFloat-32, until the result is disposed. The setting applies to the whole process.
    /// </summary>
    public static IDisposable Begin(this Precision precision) => new TensorFloat32Setting(precision == Precision.TensorFloat32);

    private sealed class TensorFloat32Setting : IDisposable
    {
        private readonly bool _products = backends.cuda.matmul.allow_tf32;
        private readonly bool _convolutions = backends.cudnn.allow_tf32;

        /// <summary>Changes both settings. For convolutions, libtorch uses TensorFloat-32 by default.</summary>
        public TensorFloat32Setting(bool isAllowed) =>
            (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (isAllowed, isAllowed);

        public void Dispose() => (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (_products, _convolutions);
    }
}
