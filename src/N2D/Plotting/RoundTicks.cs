using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace N2D.Plotting;

/// <summary>The ticks of axes: at round numbers, written alike in every culture, and never over one another.</summary>
internal static class RoundTicks
{
    /// <summary>The least room between two ticks of a logarithmic axis, in pixels.</summary>
    private const double LeastGap = 18;

    /// <summary>How close ticks come, as a share of what ScottPlot would do.</summary>
    private const double Density = 0.6;

    /// <summary>At whole numbers.</summary>
    public static ITickGenerator Whole() =>
        new NumericAutomatic { IntegerTicksOnly = true, TickDensity = Density, LabelFormatter = value => value.ToString("#,0", CultureInfo.InvariantCulture) };

    /// <summary>At round numbers.</summary>
    public static ITickGenerator Numbers() =>
        new NumericAutomatic { TickDensity = Density, LabelFormatter = NumberText };

    /// <summary>At 1, 2 and 5 times each power of ten, for an axis of logarithms; at the powers alone where there is no room for more.</summary>
    /// <param name="least">The logarithm at the axis's start.</param>
    /// <param name="most">The logarithm at its end.</param>
    /// <param name="length">The axis's length, in pixels.</param>
    public static ITickGenerator Logarithmic(double least, double most, double length)
    {
        var ticks = new NumericManual();
        var decade = length / Math.Max(most - least, double.Epsilon);
        ReadOnlySpan<int> factors = decade * Math.Log10(2) >= LeastGap ? [1, 2, 5] : [1];
        var step = decade >= LeastGap ? 1 : (int)Math.Ceiling(LeastGap / decade);
        for (var power = (int)Math.Floor(least); power <= most; power++)
        {
            foreach (var factor in factors)
            {
                var value = factor * Math.Pow(10, power);
                if (power % step == 0 && Math.Log10(value) is var place && place >= least && place <= most)
                {
                    ticks.AddMajor(place, value.ToString("G4", CultureInfo.InvariantCulture));
                }
            }
        }

        return ticks;
    }

    /// <summary>At places that have names; a name that has no room beside the one before is left out.</summary>
    /// <param name="places">Place and name, ascending by place or descending.</param>
    /// <param name="pixels">Pixels between two places a unit apart.</param>
    /// <param name="gap">The least room from one name to the next, in pixels.</param>
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

    /// <summary>Nowhere.</summary>
    public static ITickGenerator None() => new EmptyTickGenerator();
}
