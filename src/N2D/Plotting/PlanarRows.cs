using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>Rows in the plane, to be drawn.</summary>
/// <param name="Points">n x 2.</param>
/// <param name="AxisNames">What the two coordinates mean.</param>
internal sealed record PlanarRows(Matrix Points, (string Horizontal, string Vertical) AxisNames)
{
    /// <summary>Brings rows into the plane.</summary>
    /// <param name="embedding">The rows: by their two dimensions, by the first two principal components if they have more, by chance beside a single one.</param>
    /// <param name="layout">The same rows in two dimensions, to take in their place; or null.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// The layout is of other rows (<c>LayoutMismatch</c>), or has not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static PlanarRows Of(Embedding embedding, Embedding? layout, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(execution);
        if (layout is not null)
        {
            return new PlanarRows(Planar(embedding, layout), (AxisName(layout, 0), AxisName(layout, 1)));
        }

        switch (embedding.Dimension)
        {
            case 1:
                return new PlanarRows(Strip(embedding.GetRows(execution)), (AxisName(embedding, 0), "(spread at random)"));
            case 2:
                return new PlanarRows(embedding.GetRows(execution), (AxisName(embedding, 0), AxisName(embedding, 1)));
            default:
                execution.Explain?.Invoke(
                    $"{embedding.Dimension} dimensions are shown by their first two principal components; a layout in two dimensions shows more.");
                return new PlanarRows(PrincipalComponents.Project(embedding.GetRows(execution), 2, execution), ("principal component 1", "principal component 2"));
        }
    }

    /// <summary>A column's own name, where nothing but its scale was changed; else the stages' names and the dimension's number.</summary>
    private static string AxisName(Embedding embedding, int dimension)
    {
        var stages = embedding.GetStages();
        return stages.Any(stage => stage.Role != StageRole.Scaling) ? $"{embedding.Stages} {dimension + 1}"
            : stages.Count == 0 ? embedding.GetDataset().GetColumnNames()[dimension]
            : $"{embedding.GetDataset().GetColumnNames()[dimension]} ({embedding.Stages})";
    }

    private static Matrix Planar(Embedding embedding, Embedding layout)
    {
        if (layout.RowCount != embedding.RowCount)
        {
            throw new N2DException(
                "LayoutMismatch",
                ErrorKind.InvalidArgument,
                $"The layout has {Quantity.Of(layout.RowCount, "row")}, and what is to be shown has {embedding.RowCount}: they must be the same rows.",
                layout);
        }

        return layout.Dimension == 2
            ? layout.GetRows()
            : throw new N2DException(
                "LayoutNotPlanar",
                ErrorKind.InvalidArgument,
                $"The layout has {Quantity.Of(layout.Dimension, "dimension")}; a picture needs 2. Make one with Invoke-N2DUmap -Dimension 2.",
                layout);
    }

    /// <summary>One dimension against chance, so that rows of one value do not all fall on one point.</summary>
    private static Matrix Strip(Matrix rows)
    {
        var values = rows.Values;
        var (low, high) = (System.Numerics.Tensors.TensorPrimitives.Min(values), System.Numerics.Tensors.TensorPrimitives.Max(values));
        var points = new float[rows.RowCount * 2];
        for (var row = 0; row < rows.RowCount; row++)
        {
            points[row * 2] = rows[row, 0];
            points[(row * 2) + 1] = 0.3f * (high - low) * new RandomSequence(0, RandomPurpose.Sampling, row).NextSingle();
        }

        return Matrix.Own(points, 2);
    }
}
