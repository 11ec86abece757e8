namespace N2D.Classifiers;

/// <summary>The random transforms of training rows, which must not change the meaning of a row.</summary>
public enum Augmentation
{
    /// <summary><see cref="Affine"/> for images. Other rows need a choice.</summary>
    Auto,

    /// <summary>Images are rotated by up to 10 degrees, zoomed by up to 10 %, and shifted by up to 10 % of each side.</summary>
    Affine,

    /// <summary>As <see cref="Affine"/>, and half of the images are mirrored horizontally.</summary>
    Flip,

    /// <summary>
    /// Normal noise is added to each value: a tenth of its column's standard deviation, or of the root mean square of all pixels.
    /// </summary>
    Jitter,

    /// <summary>Rows stay as they are.</summary>
    None,
}
