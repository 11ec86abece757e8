using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>The options of a plot. Immutable.</summary>
public sealed record PlotOptions
{
    /// <summary>The kind of plot; null for the default of the input.</summary>
    public PlotKind? Kind { get; init; }

    /// <summary>
    /// The same rows in two dimensions, for Scatter and Comparison plots; null for the input, or its principal components if it has more
    /// dimensions.
    /// </summary>
    public Embedding? Layout { get; init; }

    /// <summary>The title; null for the default of the kind.</summary>
    public string? Title { get; init; }

    /// <summary>The number of images of each cluster, for Exemplar and Mismatch plots; null for 10. Range: 1 to 100.</summary>
    [OptionRange(1, ImagePlot.MaxCount)]
    public int? ExemplarCount { get; init; }

    /// <summary>Rejects options that have no effect on a kind of plot.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="N2DException">
    /// An option has no effect (<c>ParameterNotForKind</c>), or is out of range (<c>ExemplarCountOutOfRange</c>).
    /// </exception>
    public void ThrowIfNotFor(PlotKind kind)
    {
        if (Layout is not null && kind is not (PlotKind.Scatter or PlotKind.Comparison))
        {
            throw NotFor(kind, nameof(Layout), "Scatter and Comparison", Layout);
        }

        if (ExemplarCount is { } count)
        {
            Check(count, nameof(ExemplarCount));
            if (kind is not (PlotKind.Exemplar or PlotKind.Mismatch))
            {
                throw NotFor(kind, nameof(ExemplarCount), "Exemplar and Mismatch", count);
            }
        }
    }

    /// <summary>Returns a value that is in its option's range.</summary>
    internal static int Check(int value, string name) => OptionRange.Check("A plot of images", typeof(PlotOptions), name, value);

    private static N2DException NotFor(PlotKind kind, string name, string kinds, object value) =>
        new(
            "ParameterNotForKind",
            ErrorKind.InvalidArgument,
            $"{name} applies only to plots of kind {kinds}, not {kind}. Omit {name}, or choose another Kind.",
            value)
        { Options = [name, nameof(Kind)] };
}
