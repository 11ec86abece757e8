namespace N2D.Autoencoders;

/// <summary>The kinds of libtorch.</summary>
public enum LibtorchKind
{
    /// <summary>For the processor, and on macOS also for the Apple GPU. About half a gigabyte.</summary>
    Cpu,

    /// <summary>For NVIDIA GPUs and the processor. Several gigabytes.</summary>
    Cuda,
}
