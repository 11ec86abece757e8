using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Plotting;

namespace N2D.Reports;

/// <summary>The data of an interactive map.</summary>
internal sealed record ReportMap
{
    /// <summary>The most categories of a column that can color the map. Columns with more are texts, which a search finds.</summary>
    private const int MaxColors = 500;

    /// <summary>A name for rows of an unknown class.</summary>
    private const string Unknown = "unknown";

    /// <summary>The number of rows.</summary>
    public required int RowCount { get; init; }

    /// <summary>Whether the rows have more dimensions than the two of the map.</summary>
    public required bool IsProjection { get; init; }

    /// <summary>The positions.</summary>
    public required MapPoints Points { get; init; }

    /// <summary>The columns. The first one is the cluster.</summary>
    public required IReadOnlyList<MapField> Fields { get; init; }

    /// <summary>The name of each row; null if it is the position of the row, from 0.</summary>
    public required PackedArray? RowNames { get; init; }

    /// <summary>What the names of the rows are, such as <c>id</c>.</summary>
    public required string RowNameTitle { get; init; }

    /// <summary>The images; null if rows are not images, or if there are too many.</summary>
    public required MapThumbnails? Thumbnails { get; init; }

    /// <summary>Collects the data of a clustering.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="columns">The columns to show.</param>
    /// <param name="texts">The texts of the rows; null for none.</param>
    /// <param name="layout">The same rows in two dimensions; null for the clustered rows.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The layout has other rows (<c>LayoutMismatch</c>) or not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static ReportMap Of(
        ClusterResult result, ReportColumns columns, RowTexts? texts, Embedding? layout, Execution execution)
    {
        var embedding = result.GetEmbedding();
        var token = execution.CancellationToken;
        var rows = PlanarRows.Of(embedding, layout, execution.Part(0, 0.3));
        return new ReportMap
        {
            RowCount = result.RowCount,
            IsProjection = rows.IsProjection,
            Points = MapPoints.Of(rows, result.Assignments, result.ClusterCount, token),
            Fields = [.. FieldsOf(result, texts, token), .. FieldsOf(columns, execution.Part(0.3, 0.6))],
            RowNames = Reports.RowNames.ArePositions(embedding) ? null : PackedArray.Of(Reports.RowNames.Of(embedding), token),
            RowNameTitle = embedding.GetIds() is null ? "Index" : embedding.GetIdName() ?? "Id",
            Thumbnails = MapThumbnails.Of(embedding.GetDataset(), execution.Part(0.6, 1)),
        };
    }

    private static IEnumerable<MapField> FieldsOf(ClusterResult result, RowTexts? texts, CancellationToken token)
    {
        var legend = ClusterTitles.Of(result);
        yield return MapField.OfCategories("Cluster", result.Assignments, legend.Names, legend.Styles, ClusterLegend.Noise, token);
        if (result.GetEmbedding().GetLabels() is { KnownCount: > 0, ClassCount: <= MapField.MaxCategories } labels)
        {
            yield return MapField.OfCategories("Label", labels.Codes, labels.ClassNames, null, Unknown, token);
        }

        if (texts is not null)
        {
            yield return MapField.OfTexts(texts.Name, texts.Texts, token);
        }

        if (result.GetConfidence() is { } confidence)
        {
            yield return MapField.OfNumbers("Confidence", confidence, token);
        }

        yield return MapField.OfNumbers("Probability", [.. Enumerable.Range(0, result.RowCount).Select(result.ProbabilityOf)], token);
        if (result.GetNovelty() is { Count: > 0 } novelty)
        {
            yield return MapField.OfNumbers("Novelty", [.. novelty], token);
        }

        if (result.GetOutlierScores() is { Count: > 0 } scores)
        {
            yield return MapField.OfNumbers("Outlier score", [.. scores], token);
        }
    }

    private static IEnumerable<MapField> FieldsOf(ReportColumns columns, Execution execution)
    {
        var rows = columns.Dataset.GetSourceRows();
        double[] factors = [.. columns.Numbers.Select((_, place) => columns.UnitOf(place).Factor)];
        float[][] values = [.. columns.Numbers.Select(_ => new float[rows.RowCount])];
        if (values.Length > 0)
        {
            rows.ForEachBlock("reading the columns", execution, (start, block) =>
            {
                for (var row = 0; row * rows.ColumnCount < block.Length; row++)
                {
                    for (var place = 0; place < values.Length; place++)
                    {
                        var value = block.Span[(row * rows.ColumnCount) + columns.Numbers[place]];
                        values[place][start + row] = (float)(value * factors[place]);
                    }
                }

                return true;
            });
        }

        var (names, token) = (columns.Names, execution.CancellationToken);
        return values.Select((column, place) => columns.CategoriesOf(place) is { } categories
            ? categories.Count > MaxColors
                ? MapField.OfTexts(names[place], [.. column.Select(code => code >= 0 ? categories[(int)code] : "")], token)
                : MapField.OfCategories(
                    names[place], Array.ConvertAll(column, code => float.IsNaN(code) ? -1 : (int)code), categories, null, "missing", token)
            : MapField.OfNumbers(names[place], column, token, columns.UnitOf(place).Offset));
    }
}
