using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>What is asked of a plot. Immutable.</summary>
public sealed record PlotOptions
{
    /// <summary>What to show; null for what suits the input.</summary>
    public PlotKind? Kind { get; init; }

    /// <summary>The same rows in two dimensions; null for the input's own, by its principal components if it has more. Of a Scatter or Comparison.</summary>
    public Embedding? Layout { get; init; }

    /// <summary>What stands above; null for what suits the kind.</summary>
    public string? Title { get; init; }

    /// <summary>The number of images of a cluster, 1 to 100; null for 10. Of an Exemplar.</summary>
    [OptionRange(1, ExemplarPlot.MostCount)]
    public int? ExemplarCount { get; init; }

    /// <summary>Refuses options that do nothing for a kind: who gives one expects something of it.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="N2DException">There is one (<c>ParameterNotForKind</c>), or one is out of range (<c>ExemplarCountOutOfRange</c>).</exception>
    public void ThrowIfNotFor(PlotKind kind)
    {
        if (Layout is not null && kind is not (PlotKind.Scatter or PlotKind.Comparison))
        {
            throw NotFor(kind, nameof(Layout), "Scatter and Comparison", Layout);
        }

        if (ExemplarCount is { } count)
        {
            Check(count, nameof(ExemplarCount));
            if (kind != PlotKind.Exemplar)
            {
                throw NotFor(kind, nameof(ExemplarCount), "Exemplar", count);
            }
        }
    }

    /// <summary>Returns a value that is in its option's range.</summary>
    internal static int Check(int value, string name) => OptionRange.Check("An Exemplar plot", typeof(PlotOptions), name, value);

    private static N2DException NotFor(PlotKind kind, string name, string kinds, object value) =>
        new("ParameterNotForKind", ErrorKind.InvalidArgument, $"-{name} does not go with a {kind} plot: it is a parameter of {kinds}. Leave it out, or choose such a -Kind.", value);
}
