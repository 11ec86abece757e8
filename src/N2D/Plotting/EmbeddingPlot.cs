using System.Globalization;
using N2D.Data;
using N2D.Models;
using N2D.Numerics;

namespace N2D.Plotting;

/// <summary>Pictures of embeddings and of clusterings.</summary>
public static class EmbeddingPlot
{
    /// <summary>An embedding, coloured by the labels of its rows where they are known.</summary>
    /// <param name="embedding">What to show.</param>
    /// <param name="layout">The same rows in two dimensions; null for the embedding itself, by its principal components if it has more.</param>
    /// <param name="title">What stands above; null for data set and stages.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// The layout is of other rows (<c>LayoutMismatch</c>), or has not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static ScatterPlot Of(Embedding embedding, Embedding? layout, string? title, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(execution);
        var (points, axes) = PointsOf(embedding, layout, execution);
        var heading = title ?? $"{embedding.Dataset}: {embedding.Stages}";
        return embedding.GetLabels() is { } labels
            ? new ScatterPlot(LabelPanel(heading, points, axes, labels))
            : new ScatterPlot(new ScatterPanel(heading, points, [], [], [], axes));
    }

    /// <summary>
    /// A clustering, coloured by cluster, and beside it by label where labels are known; a cluster has the colour of the label that it matches in the
    /// assignment that the accuracy counts.
    /// </summary>
    /// <param name="result">What to show.</param>
    /// <param name="layout">The same rows in two dimensions; null for the embedding that was clustered, by its principal components if it has more.</param>
    /// <param name="title">What stands above; null for data set, stages and scores.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// The layout is of other rows (<c>LayoutMismatch</c>), or has not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static ScatterPlot Of(ClusterResult result, Embedding? layout, string? title, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(execution);
        var embedding = result.GetEmbedding();
        var (points, axes) = PointsOf(embedding, layout, execution);
        var heading = title ?? $"{result.Dataset}: {result.Stages} > {result.Method}{Environment.NewLine}{ScoresOf(result)}";
        var (names, colors) = ClusterLegend(result);
        var clusters = new ScatterPanel(heading, points, result.GetAssignments().ToArray(), names, colors, axes) { UncategorisedName = "noise" };
        return embedding.GetLabels() is { } labels
            ? new ScatterPlot(clusters, LabelPanel($"{result.Dataset}: true labels{Environment.NewLine}", points, axes, labels))
            : new ScatterPlot(clusters);
    }

    private static ScatterPanel LabelPanel(string title, Matrix points, (string, string) axes, Labels labels) =>
        new(title, points, labels.Codes.ToArray(), labels.ClassNames, [.. Enumerable.Range(0, labels.ClassCount)], axes);

    private static (string[] Names, int[] Colors) ClusterLegend(ClusterResult result)
    {
        var names = new string[result.ClusterCount];
        var colors = new int[result.ClusterCount];
        var mapping = result.GetClassMapping();
        var labels = result.GetEmbedding().GetLabels();
        var nextColor = labels?.ClassCount ?? 0;
        for (var cluster = 0; cluster < names.Length; cluster++)
        {
            var isMapped = mapping is not null && mapping.TryGetValue(cluster, out _);
            colors[cluster] = isMapped ? mapping![cluster] : nextColor++;
            names[cluster] = isMapped ? $"{cluster} (as {labels!.ClassNames[mapping![cluster]]})" : cluster.ToString(CultureInfo.InvariantCulture);
        }

        return (names, colors);
    }

    private static string ScoresOf(ClusterResult result)
    {
        var silhouette = result.Silhouette is { } value ? string.Create(CultureInfo.InvariantCulture, $"silhouette {value:F3}") : "";
        return result.Acc is null
            ? silhouette
            : string.Create(CultureInfo.InvariantCulture, $"ACC {result.Acc:F4}   NMI {result.Nmi:F4}   ARI {result.Ari:F4}   {silhouette}");
    }

    private static (Matrix Points, (string Horizontal, string Vertical) Axes) PointsOf(Embedding embedding, Embedding? layout, Execution execution)
    {
        if (layout is not null)
        {
            return (Planar(embedding, layout), ($"{layout.Stages} 1", $"{layout.Stages} 2"));
        }

        switch (embedding.Dimension)
        {
            case 1:
                return (Strip(embedding.GetRows()), ($"{embedding.Stages} 1", "(spread at random)"));
            case 2:
                return (embedding.GetRows(), ($"{embedding.Stages} 1", $"{embedding.Stages} 2"));
            default:
                execution.Explain?.Invoke(
                    $"{embedding.Dimension} dimensions are shown by their first two principal components; a layout in two dimensions shows more.");
                return (PrincipalComponents.Project(embedding.GetRows(), 2, execution), ("principal component 1", "principal component 2"));
        }
    }

    private static Matrix Planar(Embedding embedding, Embedding layout)
    {
        if (layout.RowCount != embedding.RowCount)
        {
            throw new N2DException(
                "LayoutMismatch",
                ErrorKind.InvalidArgument,
                $"The layout has {layout.RowCount} rows, and what is to be shown has {embedding.RowCount}: they must be the same rows.",
                layout);
        }

        return layout.Dimension == 2
            ? layout.GetRows()
            : throw new N2DException(
                "LayoutNotPlanar",
                ErrorKind.InvalidArgument,
                $"The layout has {layout.Dimension} dimensions; a picture needs 2. Make one with Invoke-N2DUmap -Dimension 2.",
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
