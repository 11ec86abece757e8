namespace N2D.Autoencoders;

/// <summary>The kinds of autoencoders.</summary>
public enum AutoencoderKind
{
    /// <summary>Dense layers that reconstruct their input, as in the N2D study.</summary>
    Dense,

    /// <summary>Dense layers that reconstruct rows from a noisy copy (Vincent et al., 2008).</summary>
    Denoising,

    /// <summary>
    /// Dense layers whose code is a distribution close to the standard normal distribution (Kingma and Welling, 2014). The variance of the
    /// reconstruction is at its optimum (Rybkin et al., 2021), so the two terms of the loss need no weight. The code is the distribution's
    /// mean.
    /// </summary>
    Variational,

    /// <summary>
    /// Convolutions over images, mirrored in the decoder, with a dense layer on either side of the code (Guo et al., 2017).
    /// </summary>
    Convolutional,
}
