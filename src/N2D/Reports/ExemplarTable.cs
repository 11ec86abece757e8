using N2D.Clustering;
using N2D.Models;
using N2D.Pipeline;
using N2D.Plotting;
using SkiaSharp;

namespace N2D.Reports;

/// <summary>The rows of each cluster that are nearest to its center.</summary>
/// <param name="ColumnNames">The names of the columns; empty for images.</param>
/// <param name="Clusters">The exemplars of each cluster, nearest first.</param>
/// <param name="ClusterNames">The names of these clusters.</param>
internal sealed record ExemplarTable(
    IReadOnlyList<string> ColumnNames, IReadOnlyList<IReadOnlyList<Exemplar>> Clusters, IReadOnlyList<string> ClusterNames)
{
    /// <summary>The most clusters with exemplars. Clusters are numbered by size, so these are the largest.</summary>
    public const int MaxClusters = 60;

    private const int MaxColumns = 10;

    /// <summary>Finds the exemplars of a clustering.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="columns">The columns that the report shows.</param>
    /// <param name="count">The number of exemplars of each cluster.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static ExemplarTable Of(ClusterResult result, ReportColumns columns, int count, Execution execution)
    {
        var embedding = result.GetEmbedding();
        var rows = Exemplars.Find(
            embedding.GetRows(execution), result.Assignments, result.ClusterCount, count, execution)[..Math.Min(
                result.ClusterCount, MaxClusters)];
        var names = RowNames.Of(embedding);
        var labels = embedding.GetLabels();
        var pictures = embedding.GetDataset().ImageShape is null ? null : PicturesOf(embedding.GetDataset(), rows);
        var shown = pictures is null ? columns with { Numbers = [.. columns.Numbers.Take(MaxColumns)] } : columns with { Numbers = [] };
        return new ExemplarTable(
            shown.Names,
            [.. rows.Select((members, cluster) => (IReadOnlyList<Exemplar>)[.. members.Select((row, place) => new Exemplar(
                names[row],
                labels?[row],
                CellsOf(shown, row),
                pictures?[cluster][place]))])],
            [.. new ClusterLegend(result).Names.Take(rows.Length)]);
    }

    private static string[] CellsOf(ReportColumns columns, int row)
    {
        if (columns.Numbers.Count == 0)
        {
            return [];
        }

        var values = columns.Dataset.GetSourceRows().GetRow(row);
        return [.. columns.Numbers.Select((number, place) => columns.TextOf(place, values[number]))];
    }

    private static byte[][][] PicturesOf(Dataset dataset, int[][] rows)
    {
        if (rows.All(members => members.Length == 0))
        {
            return Array.ConvertAll(rows, _ => Array.Empty<byte[]>());
        }

        var images = ImageRows.Read(dataset, rows, [.. rows.Select(_ => "")]);
        var colors = ThemeColors.Of(PlotTheme.Light);
        return [.. rows.Select((members, cluster) => members.Select((_, place) =>
        {
            using var image = images.ToImage(cluster, place, colors);
            using var png = image.Encode(SKEncodedImageFormat.Png, 100);
            return png.ToArray();
        }).ToArray())];
    }
}

/// <summary>A typical row of a cluster.</summary>
/// <param name="Name">The id, or the number of the row in its source.</param>
/// <param name="Label">The name of its class; null if it is not known.</param>
/// <param name="Cells">The values of the columns as text.</param>
/// <param name="Picture">The image as PNG; null if rows are not images.</param>
internal sealed record Exemplar(string Name, string? Label, IReadOnlyList<string> Cells, byte[]? Picture);
