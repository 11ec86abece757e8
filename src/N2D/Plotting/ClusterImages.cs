using N2D.Models;
using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>Plots of images of each cluster: those nearest to its center, or those with another label than the cluster's class.</summary>
internal static class ClusterImages
{
    /// <summary>The maximum length of a caption, in characters.</summary>
    private const int LongestCaption = 8;

    /// <summary>Plots the images nearest to the center of each cluster, the nearest first.</summary>
    /// <param name="result">A clustering of images, in any space.</param>
    /// <param name="count">The number of images of a cluster, 1 to 100; null for 10.</param>
    /// <param name="title">The title; null for data set, stages and scores.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">
    /// The rows are not images (<c>NoImages</c>), or the number is out of range (<c>ExemplarCountOutOfRange</c>).
    /// </exception>
    public static ImagePlot Exemplars(ClusterResult result, int? count, string? title, Execution execution)
    {
        var dataset = ImagesOf(result, PlotKind.Exemplar);
        var rows = NearestFirst(result, CountOf(count), execution);
        return Plot(dataset, result, rows, null, _ => "", title ?? ClusterLegend.TitleOf(result), "from the nearest to the center on");
    }

    /// <summary>
    /// Plots the images of each cluster whose label is not the class that the cluster is matched with, the nearest to its center first.
    /// </summary>
    /// <param name="result">A clustering of labeled images, in any space.</param>
    /// <param name="count">The number of images of a cluster, 1 to 100; null for 10.</param>
    /// <param name="title">The title; null for data set, stages and scores.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">
    /// The rows are not images (<c>NoImages</c>) or have no labels (<c>NoLabels</c>), all labels match (<c>NothingToPlot</c>), or the
    /// number is out of range (<c>ExemplarCountOutOfRange</c>).
    /// </exception>
    public static ImagePlot Mismatches(ClusterResult result, int? count, string? title, Execution execution)
    {
        var dataset = ImagesOf(result, PlotKind.Mismatch);
        var labels = ComparisonPlot.LabelsOf(result, PlotKind.Mismatch);
        var most = CountOf(count);
        var mapping = result.GetClassMapping()!;
        var (codes, classes) = (labels.GetCodes(), ShortNames.Of(labels.ClassNames, LongestCaption));
        int[][] wrong = [.. NearestFirst(result, result.RowCount, execution).Select((rows, cluster) =>
            rows.Where(row => codes[row] >= 0 && !(mapping.TryGetValue(cluster, out var code) && code == codes[row])).ToArray())];
        var wrongCount = wrong.Sum(rows => rows.Length);
        if (wrongCount == 0)
        {
            throw new N2DException(
                "NothingToPlot",
                ErrorKind.InvalidArgument,
                $"A Mismatch plot shows the images in clusters that are not matched with their class, and '{result.Dataset}' has none.",
                result);
        }

        // Marked briefly: the names of clusters have little room.
        bool IsUnmatched(int cluster) => !mapping.ContainsKey(cluster);
        var note = wrong.Index().Any(cluster => cluster.Item.Length > 0 && IsUnmatched(cluster.Index)) ? " (* unmatched)" : "";
        return Plot(
            dataset,
            result,
            Array.ConvertAll(wrong, rows => rows[..Math.Min(most, rows.Length)]),
            row => classes[codes[row]],
            cluster => $"{(IsUnmatched(cluster) ? "*" : "")}: {wrong[cluster].Length}",
            title ?? $"{ClusterLegend.TitleOf(result)}\n{Quantity.Of(wrongCount, "image")} outside their class's cluster{note}",
            "true labels, nearest first");
    }

    private static int CountOf(int? count) => PlotOptions.Check(count ?? ImagePlot.DefaultCount, nameof(PlotOptions.ExemplarCount));

    private static Dataset ImagesOf(ClusterResult result, PlotKind kind)
    {
        ArgumentNullException.ThrowIfNull(result);
        var dataset = result.GetEmbedding().GetDataset();
        return dataset.ImageShape is not null
            ? dataset
            : throw new N2DException(
                "NoImages",
                ErrorKind.InvalidArgument,
                $"{(kind == PlotKind.Exemplar ? "An" : "A")} {kind} plot shows images, but the rows of '{result.Dataset}' are not known to "
                    + "be images. Import them from IDX files, grayscale image files or an image data set. Color images are not supported.",
                result);
    }

    private static int[][] NearestFirst(ClusterResult result, int count, Execution execution) => Clustering.Exemplars.Find(
        result.GetEmbedding().GetRows(execution), result.Assignments, result.ClusterCount, count, execution);

    private static ImagePlot Plot(
        Dataset dataset, ClusterResult result, int[][] rows, Func<int, string>? captionOf, Func<int, string> suffixOf, string title,
        string order)
    {
        // Clusters without such images have no row.
        int[] shown = [.. Enumerable.Range(0, rows.Length).Where(cluster => rows[cluster].Length > 0).Take(ImagePlot.MaxClusters)];
        var count = rows.Count(images => images.Length > 0);
        if (count == 0)
        {
            throw new N2DException(
                "NothingToPlot", ErrorKind.InvalidArgument, $"'{result.Dataset}' has no clusters, only noise.", result);
        }

        var clusters = new ClusterLegend(result).Names;
        var names = Array.ConvertAll(shown, cluster => clusters[cluster] + suffixOf(cluster));
        var heading = shown.Length == count
            ? title
            : $"{title}\nthe {shown.Length} largest of {count} clusters{(captionOf is null ? "" : " with such images")}";
        return new ImagePlot(
            ImageRows.Read(dataset, Array.ConvertAll(shown, cluster => rows[cluster]), names, captionOf), heading, order);
    }
}
