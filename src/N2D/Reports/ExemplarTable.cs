using System.Globalization;
using N2D.Models;
using N2D.Pipeline;
using N2D.Plotting;
using N2D.Profiles;
using SkiaSharp;

namespace N2D.Reports;

/// <summary>Rows that show what each cluster is like.</summary>
/// <param name="Columns">The columns; empty for images.</param>
/// <param name="Clusters">The exemplars of each cluster: those at its center, then those at its boundary.</param>
/// <param name="ClusterNames">The names of all clusters.</param>
/// <param name="LeftOutCount">The number of columns that the report shows elsewhere only: a wide table is hard to read.</param>
internal sealed record ExemplarTable(
    IReadOnlyList<ExemplarColumn> Columns,
    IReadOnlyList<IReadOnlyList<ExemplarRow>> Clusters,
    IReadOnlyList<string> ClusterNames,
    int LeftOutCount)
{
    /// <summary>The most clusters with exemplars. Clusters are numbered by size, so these are the largest.</summary>
    public const int MaxClusters = 60;

    private const int MaxColumns = 16;

    /// <summary>Chooses the exemplars of a clustering.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="columns">The columns that the report shows.</param>
    /// <param name="texts">The texts of the rows; null for none.</param>
    /// <param name="count">The number of exemplars of each kind in a cluster.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static ExemplarTable Of(ClusterResult result, ReportColumns columns, RowTexts? texts, int count, Execution execution)
    {
        var embedding = result.GetEmbedding();
        var options = new ExemplarOptions { Count = count, RanksColumns = false };
        var ofCluster = ClusterExemplars.Of(result, options, execution).ToLookup(one => one.Cluster);
        Exemplar[][] exemplars = [.. Enumerable.Range(0, Math.Min(result.ClusterCount, MaxClusters)).Select(cluster =>
            ofCluster[cluster].ToArray())];
        var pictures = embedding.GetDataset().ImageShape is null ? null : PicturesOf(
            embedding.GetDataset(), Array.ConvertAll(exemplars, ones => Array.ConvertAll(ones, one => one.GetRow())));
        var shown = columns with { Numbers = pictures is null ? [.. columns.Numbers.Take(MaxColumns)] : [] };
        ExemplarColumn[] heads =
        [
            .. texts is null ? [] : new[] { new ExemplarColumn(texts.Name, "text") },
            .. shown.Names.Select((name, place) => new ExemplarColumn(name, shown.CategoriesOf(place) is null ? "number" : null)),
        ];
        return new ExemplarTable(
            heads,
            [.. exemplars.Select((ones, cluster) =>
            {
                var cells = CellsOf(shown, texts, Array.ConvertAll(ones, one => one.GetRow()));
                return (IReadOnlyList<ExemplarRow>)[.. ones.Select((one, place) => new ExemplarRow(
                    one.Id ?? one.Index.ToString(CultureInfo.InvariantCulture),
                    one.Label,
                    one.Kind == ExemplarKind.Boundary ? one.NearestCluster : null,
                    cells[place],
                    pictures?[cluster][place]))];
            })],
            ClusterTitles.Of(result).Names,
            pictures is null ? columns.Numbers.Count - shown.Numbers.Count : 0);
    }

    private static string[][] CellsOf(ReportColumns columns, RowTexts? texts, int[] rows)
    {
        var cells = Array.ConvertAll(rows, row => texts is null ? new List<string>() : [texts.Texts[row]]);
        if (columns.Numbers.Count > 0)
        {
            var source = columns.Dataset.GetSourceRows();
            var values = Array.ConvertAll(rows, row => source.GetRow(row));
            for (var place = 0; place < columns.Numbers.Count; place++)
            {
                var ofColumn = columns.TextsOf(place, Array.ConvertAll(values, one => one[columns.Numbers[place]]));
                for (var line = 0; line < rows.Length; line++)
                {
                    cells[line].Add(ofColumn[line]);
                }
            }
        }

        return Array.ConvertAll(cells, one => one.ToArray());
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

/// <summary>A column of the exemplars.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ClassName">The class of its cells: <c>number</c>, <c>text</c>, or null for categories.</param>
internal sealed record ExemplarColumn(string Name, string? ClassName);

/// <summary>A row that shows what a cluster is like.</summary>
/// <param name="Name">The id, or the number of the row in its source.</param>
/// <param name="Label">The name of its class; null if it is not known.</param>
/// <param name="Neighbor">The other cluster at whose boundary the row is; null at the center of its own cluster.</param>
/// <param name="Cells">The values of the columns as text.</param>
/// <param name="Picture">The image as PNG; null if rows are not images.</param>
internal sealed record ExemplarRow(string Name, string? Label, int? Neighbor, IReadOnlyList<string> Cells, byte[]? Picture);
