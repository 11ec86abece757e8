namespace N2D.Autoencoders;

/// <summary>Where an autoencoder is trained.</summary>
public enum ComputeDevice
{
    /// <summary>The best there is: a CUDA GPU, else Apple's GPU, else the processor.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The first NVIDIA GPU; needs a CUDA build of the module.</summary>
    Cuda,

    /// <summary>The GPU of an Apple computer.</summary>
    Mps,
}
