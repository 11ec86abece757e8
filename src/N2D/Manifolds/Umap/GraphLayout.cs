using System.Globalization;
using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>UMAP's second phase: optimizes the layout of the graph from initial coordinates (McInnes et al. 2018, section 4.2).</summary>
internal static class GraphLayout
{
    /// <summary>Optimizes a layout.</summary>
    /// <param name="neighbors">
    /// The neighbors that the graph was built from. Their distances are the local densities to keep, if any.
    /// </param>
    /// <param name="graph">The fuzzy graph, n x n, symmetric.</param>
    /// <param name="initial">n x c initial coordinates.</param>
    /// <param name="curve">a and b.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x c coordinates.</returns>
    /// <exception cref="N2DException">A coordinate is not finite (<c>LayoutDiverged</c>).</exception>
    public static Matrix Optimize(
        NeighborGraph neighbors, SparseMatrix graph, float[] initial, MembershipCurve curve, UmapOptions options, Execution execution)
    {
        var blocks = new LayoutBlocks(Matrix.Own(initial, options.Dimension), options.Seed, execution);
        var logRadii = options.DensityWeight > 0 ? LocalRadii.Logarithms(neighbors, graph, execution) : null;
        var layout = new LayoutOptimizer(graph, blocks, initial, curve, options, logRadii).Run(execution);
        return TensorPrimitives.IsFiniteAll<float>(layout)
            ? Matrix.Own(layout, options.Dimension)
            : throw new N2DException(
                "LayoutDiverged",
                ErrorKind.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The layout diverged: its coordinates are no longer finite, "
                        + $"at learning rate {options.LearningRate} and spread {options.Spread}. ")
                    + $"Use a smaller {nameof(options.LearningRate)}, or a {nameof(options.Spread)} closer to 1.")
            {
                Options = [nameof(options.LearningRate), nameof(options.Spread)],
            };
    }
}
