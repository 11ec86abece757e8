using System.Diagnostics;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Classifiers;

/// <summary>A random affine transform of an image. Beyond the edges of the image, the pixels of the edges are repeated.</summary>
internal readonly unsafe struct AffineTransform
{
    /// <summary>The largest shift, as a share of each side.</summary>
    private const double Shift = 0.1;

    /// <summary>The largest relative change of the size.</summary>
    private const double Zoom = 0.1;

    /// <summary>The tangent of half of the largest rotation, 10 degrees.</summary>
    private const double TangentOfHalfRotation = 0.08748866352592401;

    private readonly float _cosine;
    private readonly float _sine;
    private readonly float _shiftX;
    private readonly float _shiftY;
    private readonly bool _isMirrored;

    /// <summary>Draws a rotation, a zoom and a shift.</summary>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="canMirror">Whether half of the transforms mirror the image horizontally.</param>
    /// <param name="random">The random numbers.</param>
    /// <remarks>
    /// The tangent of half of the angle is drawn: the sine and cosine are rational functions of it, with the same bits on every system.
    /// </remarks>
    public AffineTransform(ImageShape shape, bool canMirror, ref RandomSequence random)
    {
        var tangent = Draw(ref random) * TangentOfHalfRotation;
        var zoom = 1 / (1 + (Draw(ref random) * Zoom));
        _shiftX = (float)(Draw(ref random) * Shift * shape.Width);
        _shiftY = (float)(Draw(ref random) * Shift * shape.Height);
        _cosine = (float)((1 - (tangent * tangent)) / (1 + (tangent * tangent)) * zoom);
        _sine = (float)(2 * tangent / (1 + (tangent * tangent)) * zoom);
        _isMirrored = canMirror && random.NextInt32(2) == 1;
    }

    /// <summary>Transforms an image by bilinear interpolation.</summary>
    /// <param name="pixels">The image, both sides 2 or more.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="factor">The factor of each pixel.</param>
    /// <param name="target">The first pixel of the result.</param>
    /// <param name="stride">The number of values from one row of the result to the next.</param>
    public void Apply(ReadOnlySpan<float> pixels, ImageShape shape, float factor, float* target, int stride)
    {
        Debug.Assert(pixels.Length == shape.Height * shape.Width, "The pixels must be those of an image.");
        var (lastX, lastY) = (shape.Width - 1, shape.Height - 1);
        var (centerX, centerY) = (lastX / 2f, lastY / 2f);
        fixed (float* source = pixels)
        {
            for (var y = 0; y < shape.Height; y++)
            {
                var (fromX, fromY) = (-centerX - _shiftX, y - centerY - _shiftY);
                var (x0, y0) = ((_cosine * fromX) - (_sine * fromY) + centerX, (_sine * fromX) + (_cosine * fromY) + centerY);
                var row = target + ((long)y * stride);
                for (var x = 0; x < shape.Width; x++)
                {
                    var sourceX = Math.Clamp(x0 + (_cosine * x), 0, lastX);
                    var sourceY = Math.Clamp(y0 + (_sine * x), 0, lastY);
                    sourceX = _isMirrored ? lastX - sourceX : sourceX;
                    var (left, top) = (Math.Min((int)sourceX, lastX - 1), Math.Min((int)sourceY, lastY - 1));
                    var (shareX, shareY) = (sourceX - left, sourceY - top);
                    var corner = source + (top * shape.Width) + left;
                    var above = corner[0] + (shareX * (corner[1] - corner[0]));
                    var below = corner[shape.Width] + (shareX * (corner[shape.Width + 1] - corner[shape.Width]));
                    row[x] = (above + (shareY * (below - above))) * factor;
                }
            }
        }
    }

    private static double Draw(ref RandomSequence random) => (2 * random.NextDouble()) - 1;
}
