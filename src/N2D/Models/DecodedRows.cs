using N2D.Clustering;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// Decodes rows: it inverts the stages that produced them, back to the columns and units of the data set. Codes of an autoencoder and
/// principal components are decoded; scaling and the encoding of categories are undone.
/// </summary>
public static class DecodedRows
{
    /// <summary>Decodes the rows of an embedding.</summary>
    /// <param name="embedding">The embedding. All of its stages must have an inverse.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">A stage has no inverse (<c>NoInverse</c>).</exception>
    public static Dataset Of(Embedding embedding, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(execution);
        var origin = embedding.GetDataset();
        ThrowIfNoInverse(embedding.GetStages());
        return Decode(
            embedding.GetRows(execution),
            embedding.GetStages(),
            DataDocument.Of(origin),
            origin.Labels,
            execution).WithIds(origin.Ids, origin.IdName, null);
    }

    /// <summary>Decodes any codes by the first stages of a model: those before the first stage without an inverse.</summary>
    /// <param name="model">The model.</param>
    /// <param name="codes">Rows with as many columns as the last of these stages returns.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The first stage has no inverse (<c>NoInverse</c>), or the codes have another number of columns (<c>DimensionMismatch</c>).
    /// </exception>
    public static Dataset Of(FittedPipeline model, Dataset codes, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(execution);
        var stages = InvertibleOf(model.GetStages());
        if (stages.Count == 0)
        {
            ThrowIfNoInverse(model.GetStages());
        }

        return Decode(
            codes.GetRows(execution), stages, model.Document.Data, codes.Labels, execution).WithIds(codes.Ids, codes.IdName, null);
    }

    /// <summary>
    /// Returns a prototype of each cluster: the decoded mean of its rows' codes. The codes are the output of the stages before the first
    /// stage without an inverse, such as the autoencoder in <c>Autoencoder &gt; Umap</c>. Clusters without rows, and noise, have no
    /// prototype.
    /// </summary>
    /// <param name="result">The clustering, of a fit or of an applied model.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">No row is in a cluster (<c>NoClusters</c>).</exception>
    public static ClusterPrototypes Of(ClusterResult result, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(execution);
        var embedding = result.GetEmbedding();
        var stages = InvertibleOf(embedding.GetStages());
        var codes = stages.Count == embedding.GetStages().Count
            ? embedding.GetRows(execution)
            : PipelineRun.RowsOf(embedding.GetDataset(), stages, execution with { Warn = null });
        var (means, clusters, counts) = MeansOf(codes, result.Assignments, result.ClusterCount);
        if (clusters.Length == 0)
        {
            throw new N2DException(
                "NoClusters",
                ErrorKind.InvalidArgument,
                $"All rows of '{result.Dataset}' are noise, so there are no prototypes. Use a smaller minimum cluster size.",
                result);
        }

        string[] ids = Array.ConvertAll(clusters, cluster => cluster.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var rows = Decode(means, stages, DataDocument.Of(embedding.GetDataset()), null, execution).WithIds(ids, "Cluster", null);
        return new ClusterPrototypes(rows, clusters, counts);
    }

    private static List<FittedStage> InvertibleOf(IReadOnlyList<FittedStage> stages) =>
        [.. stages.TakeWhile(stage => stage.WhyNoInverse is null)];

    private static void ThrowIfNoInverse(IReadOnlyList<FittedStage> stages)
    {
        if (stages.FirstOrDefault(stage => stage.WhyNoInverse is not null) is { } first)
        {
            throw new N2DException("NoInverse", ErrorKind.InvalidArgument, first.WhyNoInverse!, first.Name);
        }
    }

    private static Dataset Decode(Matrix rows, IReadOnlyList<FittedStage> stages, DataDocument data, Labels? labels, Execution execution)
    {
        foreach (var stage in stages.Reverse())
        {
            rows = stage.InverseTransform(rows, execution);
        }

        if (data.IsGrouped)
        {
            // The group is not a value of the columns that were clustered, and a mean has none.
            var groupless = Dataset.FromArray(data.Name, rows, labels, data.Columns, null, "", data.Offsets, execution, data.Categories);
            return groupless.SelectColumns([.. Enumerable.Range(1, data.Columns.Length - 1)]);
        }

        return Dataset.FromArray(data.Name, rows, labels, data.Columns, data.ImageShape, "", data.Offsets, execution, data.Categories);
    }

    private static (Matrix Means, int[] Clusters, int[] Counts) MeansOf(Matrix rows, ReadOnlySpan<int> assignments, int clusterCount)
    {
        var (sums, counts) = (new double[clusterCount, rows.ColumnCount], new int[clusterCount]);
        for (var row = 0; row < assignments.Length; row++)
        {
            var cluster = assignments[row];
            if (cluster == ClusterPrediction.Noise)
            {
                continue;
            }

            counts[cluster]++;
            var values = rows.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                sums[cluster, column] += values[column];
            }
        }

        int[] clusters = [.. Enumerable.Range(0, clusterCount).Where(cluster => counts[cluster] > 0)];
        var means = new float[clusters.Length * rows.ColumnCount];
        for (var place = 0; place < means.Length; place++)
        {
            var (cluster, column) = (clusters[place / rows.ColumnCount], place % rows.ColumnCount);
            means[place] = (float)(sums[cluster, column] / counts[cluster]);
        }

        return (Matrix.Own(means, rows.ColumnCount), clusters, Array.ConvertAll(clusters, cluster => counts[cluster]));
    }
}

/// <summary>The prototypes of clusters.</summary>
/// <param name="Rows">A row for each nonempty cluster, in the columns and units of the data set.</param>
/// <param name="Clusters">The number of each cluster, ascending.</param>
/// <param name="Counts">The number of rows of each cluster.</param>
public sealed record ClusterPrototypes(Dataset Rows, IReadOnlyList<int> Clusters, IReadOnlyList<int> Counts);
