using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Tests.Autoencoders;

/// <summary>The memory of libtorch's tensors, for kernels of this library.</summary>
internal static unsafe class Tensors
{
    /// <summary>Views a contiguous matrix, or a vector as one row. libtorch's memory does not move.</summary>
    public static MatrixView ViewOf(Tensor tensor) => MatrixView.Of(
        (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes)),
        tensor.dim() == 1 ? 1 : (int)tensor.shape[0],
        (int)tensor.shape[^1]);
}
