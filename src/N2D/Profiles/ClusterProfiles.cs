using N2D.Clustering;
using N2D.Data;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.Profiles;

/// <summary>Describes the clusters of a clustering by their rows.</summary>
public static class ClusterProfiles
{
    private const int WordCount = 10;
    private const int WordsInName = 3;
    private const int RowsPerCheck = 65_536;

    /// <summary>Describes each cluster and, if there are such rows, noise. Weights of rows are not used: each row counts once.</summary>
    /// <param name="result">The clustering, of a fit or of an applied model.</param>
    /// <param name="options">What to look at.</param>
    /// <param name="execution">Threads, progress and cancellation. A warning if the rows have weights.</param>
    /// <returns>The profiles in the order of the clusters; noise (cluster -1) is last.</returns>
    /// <exception cref="N2DException">
    /// A column does not exist (<c>ColumnNotFound</c>), or the numbers of rows differ (<c>RowCountMismatch</c>).
    /// </exception>
    public static IReadOnlyList<ClusterProfile> Of(ClusterResult result, ProfileOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        var source = options.Source ?? result.GetEmbedding().GetDataset();
        ThrowIfOtherRows(result, source.RowCount, source.Dataset);
        ThrowIfOtherRows(result, options.Texts?.Count ?? result.RowCount, "The texts");
        if (result.GetEmbedding().GetWeights() is not null)
        {
            execution.Warn?.Invoke("Profiles do not use the weights of the rows: each row counts once in shares, means and effect sizes.");
        }

        var columns = ColumnsOf(source, options);

        var (groups, clusters) = GroupsOf(result);
        var groupCount = clusters.Length;
        var statistics = ColumnGroups.Of(source, columns, groups, groupCount, execution.Part(0, 0.5));
        if (options.Columns is null)
        {
            statistics = statistics.WithoutIdentifiers(execution);
        }

        var words = options.Texts is null ? null : ClassTfIdf.Of(options.Texts, groups, groupCount, WordCount, execution);
        string?[] names = [.. clusters.Select((cluster, group) => cluster < 0 ? null : result.Names[cluster] ?? NameOf(words?[group]))];
        var comparisons = ColumnComparison.Of(statistics, clusters, names, execution.CancellationToken);
        var shapes = ClusterShape.Of(result, execution.Part(0.5, 1));
        var (probabilities, novelties) = MeansOf(result, groups, groupCount, execution.CancellationToken);
        var classes = ClassesOf(result.GetEmbedding().GetLabels(), groups, groupCount);
        return
        [
            .. clusters.Select((cluster, group) =>
            {
                var shape = cluster < 0 ? ClusterShape.None : shapes[cluster];
                return new ClusterProfile
                {
                    Cluster = cluster,
                    Name = names[group],
                    RowCount = probabilities[group].Count,
                    Share = (double)probabilities[group].Count / result.RowCount,
                    Probability = cluster >= 0 && probabilities[group].Count > 0 ? probabilities[group].Mean : null,
                    Novelty = novelties[group].Count > 0 ? novelties[group].Mean : null,
                    Cohesion = shape.Cohesion,
                    Separation = shape.Separation,
                    NearestCluster = shape.Nearest,
                    Silhouette = shape.Silhouette,
                    Summary = ProfileText.Summarize(comparisons[group], options.ColumnCount),
                    ClassList = classes[group],
                    ColumnList = comparisons[group],
                    WordList = words?[group] ?? [],
                };
            }),
        ];
    }

    /// <summary>Returns the columns that set each cluster apart from the others, strongest first; none for images.</summary>
    /// <param name="result">The clustering, of a fit or of an applied model.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    internal static string[][] RankColumns(ClusterResult result, Execution execution)
    {
        var (source, silent) = (result.GetEmbedding().GetDataset(), execution with { Warn = null, Explain = null });
        var (groups, clusters) = GroupsOf(result);
        var statistics =
            ColumnGroups.Of(source, ColumnsOf(source, new ProfileOptions()), groups, clusters.Length, silent).WithoutIdentifiers(silent);
        var comparisons = ColumnComparison.Of(statistics, clusters, new string?[clusters.Length], execution.CancellationToken);
        return Array.ConvertAll(comparisons, columns => columns.Select(column => column.Column).Distinct().ToArray());
    }

    /// <summary>The group of each row, and the cluster of each group. Noise, if there is some, is the last group.</summary>
    private static (int[] Groups, int[] Clusters) GroupsOf(ClusterResult result) => (
        [.. result.GetAssignments().Select(cluster => cluster < 0 ? result.ClusterCount : cluster)],
        [.. Enumerable.Range(0, result.ClusterCount), .. result.NoiseCount > 0 ? [ClusterPrediction.Noise] : Array.Empty<int>()]);

    private static int[] ColumnsOf(Dataset source, ProfileOptions options)
    {
        string[] names = [.. source.GetColumnNames()];
        return options.Columns is { } wanted
            ? [.. new ColumnSearch(source.Dataset, names).FindAll(wanted, "ColumnNotFound", options.Terms)]
            : source.ImageShape is not null
                ? []
                : [.. source.FeatureColumns];
    }

    private static string? NameOf(WordScore[]? words) =>
        words is null or [] ? null : string.Join(", ", words.Take(WordsInName).Select(word => word.Word));

    private static (Moments[] Probabilities, Moments[] Novelties) MeansOf(
        ClusterResult result, int[] groups, int groupCount, CancellationToken token)
    {
        var (probabilities, novelties) = (new Moments[groupCount], new Moments[groupCount]);
        var ofRows = result.GetNovelty();
        for (var row = 0; row < groups.Length; row++)
        {
            if (row % RowsPerCheck == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            var group = groups[row];
            probabilities[group] = probabilities[group].With(result.ProbabilityOf(row));
            if (ofRows.Count > 0)
            {
                novelties[group] = novelties[group].With(ofRows[row]);
            }
        }

        return (probabilities, novelties);
    }

    private static ClassShare[][] ClassesOf(Labels? labels, int[] groups, int groupCount)
    {
        var counts = new int[groupCount, labels?.ClassCount ?? 0];
        var known = new int[groupCount];
        for (var row = 0; row < labels?.RowCount; row++)
        {
            if (labels.Codes[row] is not Labels.Unknown and var code)
            {
                counts[groups[row], code]++;
                known[groups[row]]++;
            }
        }

        return
        [
            .. known.Select((total, group) => (labels?.ClassNames ?? [])
                .Select((name, code) => new ClassShare(name, counts[group, code], total > 0 ? (double)counts[group, code] / total : 0))
                .Where(share => share.RowCount > 0)
                .OrderByDescending(share => share.RowCount)
                .ToArray()),
        ];
    }

    private static void ThrowIfOtherRows(ClusterResult result, int rowCount, string what)
    {
        if (rowCount != result.RowCount)
        {
            throw new N2DException(
                "RowCountMismatch",
                ErrorKind.InvalidArgument,
                $"{what}: there {Quantity.Are(rowCount, "row")}, but the clustering of '{result.Dataset}' has "
                    + $"{Quantity.Of(result.RowCount, "row")}. Provide the same rows in the same order.",
                result);
        }
    }
}
