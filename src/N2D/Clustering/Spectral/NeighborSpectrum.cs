using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The smallest eigenvalues and eigenvectors of the normalized Laplacian of the rows' neighbor graph.</summary>
/// <param name="Neighbors">The nearest other rows of each row.</param>
/// <param name="Graph">The neighbor graph.</param>
/// <param name="Vectors">The eigenvectors, n x m: a row of the matrix for each row.</param>
/// <param name="Eigenvalues">The eigenvalues, m, ascending from 0.</param>
/// <param name="ComponentSizes">The number of rows in each connected component of the graph.</param>
internal sealed record NeighborSpectrum(
    NeighborGraph Neighbors, SparseMatrix Graph, float[] Vectors, double[] Eigenvalues, int[] ComponentSizes)
{
    /// <summary>Computes the spectrum.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="neighborCount">The number of nearest neighbors, including the row itself, 2 to n.</param>
    /// <param name="vectorCount">The number of eigenvectors, m, 1 to n.</param>
    /// <param name="seed">The random seed of the solver.</param>
    /// <param name="clock">Measures the steps, and has their threads, progress and cancellation.</param>
    /// <param name="end">The share of the progress that ends with this work.</param>
    public static NeighborSpectrum Of(Matrix rows, int neighborCount, int vectorCount, int seed, StageClock clock, double end)
    {
        var neighbors = clock.Time("neighbors", 0, end / 3, part => NeighborAffinity.Neighbors(rows, neighborCount, part));
        var graph = clock.Time("graph", end / 3, 0.39 * end, part => NeighborAffinity.Build(neighbors, part));
        var (vectors, eigenvalues) =
            clock.Time("eigenvectors", 0.39 * end, end, part => LaplacianEigenmap.Spectrum(graph, vectorCount, seed, part));
        return new NeighborSpectrum(
            neighbors, graph, vectors, eigenvalues, [.. ConnectedComponents.Find(graph).Select(part => part.Length)]);
    }
}
