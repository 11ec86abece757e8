using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>Rows in two dimensions, for a plot.</summary>
/// <param name="Points">n x 2.</param>
/// <param name="AxisNames">The names of the two coordinates.</param>
internal sealed record PlanarRows(Matrix Points, (string Horizontal, string Vertical) AxisNames)
{
    /// <summary>Whether the rows have more dimensions, of which the two of the largest variance are shown.</summary>
    public bool IsProjection { get; init; }

    /// <summary>Converts rows to two dimensions.</summary>
    /// <param name="embedding">
    /// The rows. With two dimensions, they stay the same; with more, they are projected to the first two principal components; with one,
    /// the second dimension is random.
    /// </param>
    /// <param name="layout">The same rows in two dimensions, to use instead; null for none.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// The layout has other rows (<c>LayoutMismatch</c>) or not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static PlanarRows Of(Embedding embedding, Embedding? layout, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(execution);
        if (layout is not null)
        {
            return new PlanarRows(Planar(embedding, layout), (MethodWords.AxisOf(layout, 0), MethodWords.AxisOf(layout, 1)));
        }

        switch (embedding.Dimension)
        {
            case 1:
                return new PlanarRows(Strip(embedding.GetRows(execution)), (MethodWords.AxisOf(embedding, 0), "(spread at random)"));
            case 2:
                return new PlanarRows(embedding.GetRows(execution), (MethodWords.AxisOf(embedding, 0), MethodWords.AxisOf(embedding, 1)));
            default:
                execution.Explain?.Invoke(
                    $"The plot shows the first two principal components of {embedding.Dimension} dimensions. A layout in two dimensions "
                        + "shows more.");
                return new PlanarRows(
                    PrincipalComponents.Project(embedding.GetRows(execution.Part(0, 0.3)), 2, execution.Part(0.3, 1)),
                    ("Principal component 1", "Principal component 2"))
                {
                    IsProjection = true,
                };
        }
    }

    private static Matrix Planar(Embedding embedding, Embedding layout)
    {
        if (layout.RowCount != embedding.RowCount)
        {
            throw new N2DException(
                "LayoutMismatch",
                ErrorKind.InvalidArgument,
                $"The layout has {Quantity.Of(layout.RowCount, "row")}, but the input has {embedding.RowCount}. Use a layout of the "
                    + "same rows.",
                layout)
            { Options = [nameof(PlotOptions.Layout)] };
        }

        return layout.Dimension == 2
            ? layout.GetRows()
            : throw new N2DException(
                "LayoutNotPlanar",
                ErrorKind.InvalidArgument,
                $"The layout has {Quantity.Of(layout.Dimension, "dimension")}, but a plot requires 2. Set "
                    + $"{nameof(PlotOptions.Layout)} to one in 2 dimensions, for example by UMAP.",
                layout)
            { Options = [nameof(PlotOptions.Layout)] };
    }

    /// <summary>Adds a random second dimension, so that rows with equal values do not overlap.</summary>
    private static Matrix Strip(Matrix rows)
    {
        var values = rows.Values;
        var (low, high) = (System.Numerics.Tensors.TensorPrimitives.Min(values), System.Numerics.Tensors.TensorPrimitives.Max(values));
        var points = new float[ArraySize.Of(rows.RowCount, 2)];
        for (var row = 0; row < rows.RowCount; row++)
        {
            points[row * 2] = rows[row, 0];
            points[(row * 2) + 1] = 0.3f * (high - low) * new RandomSequence(0, RandomPurpose.Sampling, row).NextSingle();
        }

        return Matrix.Own(points, 2);
    }
}
