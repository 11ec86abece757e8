using System.Globalization;
using N2D.Models;
using N2D.Pipeline;
using N2D.Plotting;
using N2D.Profiles;
using SkiaSharp;

namespace N2D.Reports;

/// <summary>Rows that show what each cluster is like.</summary>
/// <param name="ColumnNames">The names of the columns; empty for images.</param>
/// <param name="Clusters">The exemplars of each cluster: those at its center, then those at its boundary.</param>
/// <param name="ClusterNames">The names of these clusters.</param>
internal sealed record ExemplarTable(
    IReadOnlyList<string> ColumnNames, IReadOnlyList<IReadOnlyList<ExemplarRow>> Clusters, IReadOnlyList<string> ClusterNames)
{
    /// <summary>The most clusters with exemplars. Clusters are numbered by size, so these are the largest.</summary>
    public const int MaxClusters = 60;

    private const int MaxColumns = 10;

    /// <summary>Chooses the exemplars of a clustering.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="columns">The columns that the report shows.</param>
    /// <param name="count">The number of exemplars of each kind in a cluster.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static ExemplarTable Of(ClusterResult result, ReportColumns columns, int count, Execution execution)
    {
        var embedding = result.GetEmbedding();
        var ofCluster = ClusterExemplars.Of(result, new ExemplarOptions { Count = count }, execution).ToLookup(one => one.Cluster);
        Exemplar[][] exemplars = [.. Enumerable.Range(0, Math.Min(result.ClusterCount, MaxClusters)).Select(cluster =>
            ofCluster[cluster].ToArray())];
        var pictures = embedding.GetDataset().ImageShape is null ? null : PicturesOf(
            embedding.GetDataset(), Array.ConvertAll(exemplars, ones => Array.ConvertAll(ones, one => one.GetRow())));
        var shown = columns with { Numbers = pictures is null ? [.. columns.Numbers.Take(MaxColumns)] : [] };
        return new ExemplarTable(
            shown.Names,
            [.. exemplars.Select((ones, cluster) => (IReadOnlyList<ExemplarRow>)[.. ones.Select((one, place) => new ExemplarRow(
                one.Id ?? one.Index.ToString(CultureInfo.InvariantCulture),
                one.Label,
                one.Kind == ExemplarKind.Boundary,
                CellsOf(shown, one.GetRow()),
                pictures?[cluster][place]))])],
            [.. new ClusterLegend(result).Names.Take(exemplars.Length)]);
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

/// <summary>A row that shows what a cluster is like.</summary>
/// <param name="Name">The id, or the number of the row in its source.</param>
/// <param name="Label">The name of its class; null if it is not known.</param>
/// <param name="IsBoundary">Whether it is at the boundary of the cluster, not at its center.</param>
/// <param name="Cells">The values of the columns as text.</param>
/// <param name="Picture">The image as PNG; null if rows are not images.</param>
internal sealed record ExemplarRow(string Name, string? Label, bool IsBoundary, IReadOnlyList<string> Cells, byte[]? Picture);
