using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The parameters a and b of the membership that UMAP gives two rows at distance x in the layout, 1 / (1 + a x^(2b)), fitted by least
/// squares to a plateau of width min_dist followed by an exponential of scale spread (McInnes et al. 2018, definition 11).
/// </summary>
/// <param name="A">a.</param>
/// <param name="B">b.</param>
internal readonly record struct MembershipCurve(double A, double B)
{
    private const int PointCount = 300;
    private const int MaxIterations = 500;

    /// <summary>Fits a and b by Levenberg and Marquardt's method.</summary>
    /// <param name="spread">Scale of the layout, above 0.</param>
    /// <param name="minimumDistance">Width of the plateau, 0 or more.</param>
    /// <exception cref="N2DException">
    /// No curve fits: the plateau is much wider than the scale (<c>MinimumDistanceOutOfRange</c>).
    /// </exception>
    public static MembershipCurve Fit(double spread, double minimumDistance)
    {
        // In units of the spread. With a spread far from 1, the fit would start far from the optimum and could converge to a different one.
        var plateau = minimumDistance / spread;
        var (a, b) = FitToUnitSpread(plateau);
        return double.IsFinite(a) && double.IsFinite(b) && plateau < 3
            ? new MembershipCurve(a * PortableMath.Pow(spread, -2 * b), b)
            : throw new N2DException(
                "MinimumDistanceOutOfRange",
                ErrorKind.InvalidArgument,
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"A minimum distance of {(float)minimumDistance} is impossible at spread {(float)spread}. Use a "
                        + $"{nameof(UmapOptions.MinimumDistance)} below three times the {nameof(UmapOptions.Spread)}."),
                minimumDistance)
            {
                Options = [nameof(UmapOptions.MinimumDistance), nameof(UmapOptions.Spread)],
            };
    }

    private static MembershipCurve FitToUnitSpread(double plateau)
    {
        var curve = new MembershipCurve(1, 1);
        var error = curve.Error(plateau);
        var damping = 1e-3;
        for (var iteration = 0; iteration < MaxIterations && damping < 1e12; iteration++)
        {
            var step = curve.Step(plateau, damping);
            var next = new MembershipCurve(curve.A + step.A, curve.B + step.B);
            var nextError = next.A > 0 && next.B > 0 ? next.Error(plateau) : double.PositiveInfinity;
            if (nextError < error)
            {
                var isConverged = Math.Abs(step.A) <= 1e-12 * curve.A && Math.Abs(step.B) <= 1e-12 * curve.B;
                (curve, error) = (next, nextError);
                damping /= 10;
                if (isConverged)
                {
                    break;
                }
            }
            else
            {
                damping *= 10;
            }
        }

        return curve;
    }

    private static double PointAt(int index) => 3.0 * index / (PointCount - 1);

    private static double Target(double x, double plateau) => x < plateau ? 1 : PortableMath.Exp(-(x - plateau));

    private double Error(double plateau)
    {
        var sum = 0.0;
        for (var index = 0; index < PointCount; index++)
        {
            var x = PointAt(index);
            var residual = Target(x, plateau) - (1 / (1 + (A * PortableMath.Pow(x, 2 * B))));
            sum += residual * residual;
        }

        return sum;
    }

    /// <summary>The damped Gauss-Newton step: (J'J + damping diag J'J) step = J' residuals.</summary>
    private (double A, double B) Step(double plateau, double damping)
    {
        var (aa, ab, bb, ar, br) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var index = 1; index < PointCount; index++)
        {
            var x = PointAt(index);
            var power = PortableMath.Pow(x, 2 * B);
            var value = 1 / (1 + (A * power));
            var residual = Target(x, plateau) - value;
            var slopeA = -value * value * power;
            var slopeB = slopeA * A * 2 * PortableMath.Log(x);
            aa += slopeA * slopeA;
            ab += slopeA * slopeB;
            bb += slopeB * slopeB;
            ar += slopeA * residual;
            br += slopeB * residual;
        }

        aa *= 1 + damping;
        bb *= 1 + damping;
        var determinant = (aa * bb) - (ab * ab);
        return (((bb * ar) - (ab * br)) / determinant, ((aa * br) - (ab * ar)) / determinant);
    }
}
