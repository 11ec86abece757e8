using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Computes products in a given precision.</summary>
internal static class TensorPrecision
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
