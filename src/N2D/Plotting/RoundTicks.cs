using System.Globalization;
using N2D.Numerics;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace N2D.Plotting;

/// <summary>Creates the ticks of axes: at round numbers, independent of the culture, and without overlaps.</summary>
internal static class RoundTicks
{
    /// <summary>The minimum distance between two ticks of a logarithmic axis, in pixels.</summary>
    private const double MinGap = 18;

    /// <summary>The density of ticks, relative to ScottPlot's default.</summary>
    private const double Density = 0.6;

    /// <summary>Creates ticks at integers.</summary>
    public static ITickGenerator Whole() =>
        new NumericAutomatic
        {
            IntegerTicksOnly = true,
            TickDensity = Density,
            LabelFormatter = value =>
            value.ToString("#,0", CultureInfo.InvariantCulture)
        };

    /// <summary>Creates ticks at round numbers.</summary>
    public static ITickGenerator Numbers() =>
        new NumericAutomatic { TickDensity = Density, LabelFormatter = NumberText };

    /// <summary>
    /// Creates ticks at 1, 2 and 5 times each power of ten for an axis of logarithms, or only at the powers if space is limited.
    /// </summary>
    /// <param name="least">The logarithm at the start of the axis.</param>
    /// <param name="most">The logarithm at the end of the axis.</param>
    /// <param name="length">The axis's length, in pixels.</param>
    public static ITickGenerator Logarithmic(double least, double most, double length)
    {
        var ticks = new NumericManual();
        var decade = length / Math.Max(most - least, double.Epsilon);
        ReadOnlySpan<int> factors = decade * PortableMath.Log10(2) >= MinGap ? [1, 2, 5] : [1];
        var step = decade >= MinGap ? 1 : (int)Math.Ceiling(MinGap / decade);
        for (var power = (int)Math.Floor(least); power <= most; power++)
        {
            foreach (var factor in factors)
            {
                var value = factor * PortableMath.Pow(10, power);
                if (power % step == 0 && PortableMath.Log10(value) is var place && place >= least && place <= most)
                {
                    ticks.AddMajor(place, value.ToString("G4", CultureInfo.InvariantCulture));
                }
            }
        }

        return ticks;
    }

    /// <summary>Creates ticks with names. Names that would overlap the previous one are omitted.</summary>
    /// <param name="places">Positions and names, by ascending or descending position.</param>
    /// <param name="pixels">The number of pixels per unit of the axis.</param>
    /// <param name="gap">The minimum distance between two names, in pixels.</param>
    public static ITickGenerator Named(IEnumerable<(double Place, string Name)> places, double pixels, double gap)
    {
        var ticks = new NumericManual();
        double? last = null;
        foreach (var (place, name) in places)
        {
            if (last is null || Math.Abs(place - last.Value) * pixels >= gap)
            {
                ticks.AddMajor(place, name);
                last = place;
            }
        }

        return ticks;
    }

    private static string NumberText(double value) => Math.Abs(value) is >= 1e7 or (> 0 and < 1e-4)
        ? value.ToString("G4", CultureInfo.InvariantCulture)
        : value.ToString("#,0.######", CultureInfo.InvariantCulture);

    /// <summary>Creates no ticks.</summary>
    public static ITickGenerator None() => new EmptyTickGenerator();
}
