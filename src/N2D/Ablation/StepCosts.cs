using N2D.Clustering;
using N2D.Manifolds;
using N2D.Numerics;

namespace N2D.Ablation;

/// <summary>
/// Estimates how long the steps of a comparison take, relative to each other, for progress. It has no other effect. The estimates count the
/// operations of the inner loops, in billions, and weigh them by their speed: matrix products are the fastest, and walks through graphs the
/// slowest.
/// </summary>
/// <param name="rowCount">n.</param>
/// <param name="columnCount">The number of columns of the raw rows.</param>
/// <param name="options">The comparison.</param>
internal sealed class StepCosts(int rowCount, int columnCount, AblationOptions options)
{
    /// <summary>The operations in the time of one that is not vectorized: a matrix product, and a loop over columns.</summary>
    private const double ProductSpeed = 100, LoopSpeed = 20;

    /// <summary>The number of rows whose pairs exact searches compare; more are searched by a graph.</summary>
    private const double MostCompared = 20_000;

    /// <summary>Typical numbers of iterations until convergence; those of eigenvectors with the orthogonalization of each.</summary>
    private const double MeansIterations = 20, MixtureIterations = 60, EigenvectorIterations = 10_000;

    /// <summary>
    /// The operations for each edge and dimension of UMAP, with its sampled rows; for each level of the tree of t-SNE; and for each column
    /// of a density besides the covariances.
    /// </summary>
    private const double OperationsPerEdge = 25, OperationsPerCell = 450, OperationsPerDensity = 200;

    /// <summary>The cost of a step, for work that does not depend on the number of rows.</summary>
    private const double Least = 0.02;

    private readonly double _rows = rowCount;

    /// <summary>The cost of a step, above 0.</summary>
    /// <param name="step">A step of the comparison.</param>
    public double Of(AblationStep step) => Least + (step.Kind switch
    {
        AblationStepKind.Autoencoder => Training(),
        AblationStepKind.Neighbors =>
            2 * _rows * Math.Min(_rows, MostCompared) * ColumnsOf(step.Representation, null) / LoopSpeed,
        AblationStepKind.Manifold => Manifold(step.Manifold!.Value, ColumnsOf(step.Representation, null)),
        _ => Clustering(step.Clusterer!.Value, ColumnsOf(step.Representation, step.Manifold)),
    } / 1e9);

    private double Training()
    {
        var network = options.PipelineFor(0).Autoencoder;
        double[] widths = [columnCount, .. network.HiddenUnits.Select(width => (double)width), network.LatentDimension];
        var weights = 2 * widths.Zip(widths.Skip(1)).Sum(layer => layer.First * layer.Second);

        // A product forward and two backward, of two operations for each weight.
        return 6 * weights * _rows * network.EpochsFor(rowCount) / ProductSpeed;
    }

    private double Manifold(ManifoldMethod method, double columns) => method switch
    {
        ManifoldMethod.Umap =>
            OperationsPerEdge * options.PipelineFor(0).Umap.EpochsFor(rowCount) * _rows * options.NeighborCount * options.Dimension,
        ManifoldMethod.Tsne => OperationsPerCell * new TsneOptions().Iterations * _rows * PortableMath.Log2(_rows),
        ManifoldMethod.Pca => 2 * _rows * columns * columns / LoopSpeed,

        _ => Eigenvectors(options.Dimension),
    };

    private double Clustering(ClusterMethod method, double columns)
    {
        var (starts, clusters) = (options.PipelineFor(0).Mixture.StartCount, options.ClusterCount);

        // Also the silhouettes, on a sample of the rows.
        var sample = Math.Min(_rows, CommonSilhouette.SampleSize);
        return (2 * sample * sample * (columns + columnCount) / LoopSpeed) + (method switch
        {
            ClusterMethod.KMeans => starts * MeansIterations * _rows * clusters * columns * 2 / LoopSpeed,
            ClusterMethod.Spectral => Eigenvectors(clusters),
            _ => starts * MixtureIterations * _rows * clusters * columns * (columns + OperationsPerDensity) / LoopSpeed,
        });
    }

    /// <summary>The eigenvectors of a graph of neighbors.</summary>
    private double Eigenvectors(double count) => EigenvectorIterations * _rows * options.NeighborCount * count;

    private double ColumnsOf(Representation representation, ManifoldMethod? manifold) =>
        manifold == ManifoldMethod.Tsne ? new TsneOptions().Dimension
        : manifold is not null ? options.Dimension
        : representation == Representation.Autoencoder ? options.PipelineFor(0).Autoencoder.LatentDimension
        : columnCount;
}
