using N2D.Metrics;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Ablation;

/// <summary>
/// Scores the clusterings of a comparison without labels, all in the same space: by their mean silhouette on the input rows, whatever
/// space each method clusters in.
/// </summary>
/// <remarks>
/// Silhouettes in each method's own space are not comparable: UMAP moves any clusters far apart. Above <see cref="SampleSize"/> rows, the
/// silhouette is that of a sample, the same for all methods and seeds, with a standard error of about 0.006. It uses straight distances,
/// so it prefers compact, round clusters to long, curved ones.
/// </remarks>
/// <param name="input">The rows.</param>
internal sealed class CommonSilhouette(Embedding input)
{
    /// <summary>The maximum number of rows whose pairs are all compared. This takes a second for rows of thousands of columns.</summary>
    public const int SampleSize = 2_000;

    private readonly int[] _numbers = Silhouette.Sample([.. Enumerable.Range(0, input.RowCount)], SampleSize, seed: 0);
    private Matrix? _rows;

    /// <summary>Returns the mean silhouette of a clustering of all rows; null if it is not defined.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public double? Of(ClusterResult result, Execution execution)
    {
        _rows ??= Rows();
        var all = result.Assignments;
        var clusters = new int[_numbers.Length];
        for (var place = 0; place < clusters.Length; place++)
        {
            clusters[place] = all[_numbers[place]];
        }

        return Silhouette.Compute(_rows, clusters, seed: 0, execution);
    }

    private Matrix Rows()
    {
        var values = new float[_numbers.Length * input.Dimension];
        input.GetDataMatrix().CopyRows(_numbers, values);
        return Matrix.Own(values, input.Dimension);
    }
}
