using N2D.Metrics;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Study;

/// <summary>
/// Scores the clusterings of a comparison without labels, all in one space: by their mean silhouette among the rows as they were piped, whatever each method made of these.
/// </summary>
/// <remarks>
/// In the space that a method itself made the figure would mean another thing for each: UMAP moves any clusters far apart. Past <see cref="SampleSize"/> rows it is of a sample, the same
/// one for all methods and seeds, so that what the sample does to one clustering it does to the others; a single figure has a standard error of about 0.006. It takes straight distances for what
/// they are, and so prefers compact, round clusters to long, bent ones.
/// </remarks>
/// <param name="input">The rows.</param>
internal sealed class CommonSilhouette(Embedding input)
{
    /// <summary>The largest number of rows that are compared all with all: a second's work where rows have thousands of columns.</summary>
    public const int SampleSize = 2_000;

    private readonly int[] _numbers = Silhouette.Sample([.. Enumerable.Range(0, input.RowCount)], SampleSize, seed: 0);
    private Matrix? _rows;

    /// <summary>The mean silhouette of a clustering of all rows; null where it is not defined.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public double? Of(ClusterResult result, Execution execution)
    {
        _rows ??= Rows();
        var all = result.GetAssignments();
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
