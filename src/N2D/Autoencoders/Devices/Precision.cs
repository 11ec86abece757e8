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
