namespace N2D.Autoencoders;

/// <summary>What kind of autoencoder is trained.</summary>
public enum AutoencoderKind
{
    /// <summary>Dense layers that rebuild what they see, as in the N2D study.</summary>
    Dense,

    /// <summary>Dense layers that rebuild rows of which they see a noisy copy (Vincent et al., 2008).</summary>
    Denoising,

    /// <summary>
    /// Dense layers whose code is a distribution near the standard normal one (Kingma and Welling, 2014), with the variance of the reconstruction at its
    /// optimum (Rybkin et al., 2021), so that nothing has to be weighed by hand. The code is the distribution's mean.
    /// </summary>
    Variational,

    /// <summary>Convolutions over images and their mirror image, with one dense layer on either side of the code (Guo et al., 2017).</summary>
    Convolutional,
}
