using System.Globalization;
using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// A fitted locally linear embedding (Roweis and Saul, 2000): a layout in which each row is the same combination of its neighbors as in the
/// data. Create it with <see cref="LocallyLinearEmbeddingOptions.Fit"/>.
/// </summary>
/// <remarks>
/// Each dimension has mean 0 and variance 1, as in the paper. scikit-learn's layout is this one divided by the root of n.
/// </remarks>
public sealed class LocallyLinearEmbedding : FittedManifold, IModelPart<LocallyLinearEmbedding>
{
    private const int RowsPerBlock = 64;
    private const double Tolerance = 1e-6;

    /// <summary>
    /// A shift of the diagonal, relative to its mean, before the inversion of the quadratic form, which has an eigenvalue of 0.
    /// </summary>
    private const double Shift = 1e-11;

    /// <summary>An eigenvalue below this, relative to the mean eigenvalue, is 0 except for rounding.</summary>
    private const double Negligible = 1e-13;

    private static readonly LocallyLinearEmbeddingOptions Defaults = new();

    private readonly FittedRows _rows;

    private LocallyLinearEmbedding(LocallyLinearEmbeddingOptions options, FittedRows rows, Matrix layout)
        : base(options, rows.Rows.ColumnCount, layout) => _rows = rows;

    /// <inheritdoc/>
    public override string Name => Options.Variant == LocallyLinearVariant.Standard
        ? "LocallyLinearEmbedding"
        : "ModifiedLocallyLinearEmbedding";

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
    [
        new("NeighborCount", Options.NeighborCount),
        new("Dimension", Options.Dimension),
        new("Regularization", Options.Regularization, Defaults.Regularization),
        new("Seed", Seed),
    ]);

    /// <summary>The options of the fit.</summary>
    public LocallyLinearEmbeddingOptions Options => (LocallyLinearEmbeddingOptions)FitOptions;

    /// <summary>The rows of the fit, n x d.</summary>
    public Matrix Rows => _rows.Rows;

    /// <summary>
    /// The reconstruction error, as in scikit-learn: the mean squared difference of the layout's rows from the combinations of their
    /// neighbors, summed over the dimensions.
    /// </summary>
    public required double ReconstructionError { get; init; }

    /// <summary>Fits a layout to valid, finite rows.</summary>
    internal static LocallyLinearEmbedding Fit(Matrix rows, LocallyLinearEmbeddingOptions options, Execution execution)
    {
        var clock = new StageClock(execution);
        var (neighbors, device) = clock.Time("neighbors", 0, 0.2, part => options.NeighborsOf(rows, ManifoldContext.Empty, part));
        ThrowIfDisconnected(neighbors, options, execution);
        var form = clock.Time("weights", 0.2, 0.3, part => LocallyLinearAlignment.Build(rows, neighbors, options, part));
        var plan = clock.Time("order", 0.3, 0.35, part => PlanOf(form, part));
        var factor = clock.Time("factorization", 0.35, 0.7, part => Factor(plan, form, part));
        var (vectors, values) = clock.Time("eigenvectors", 0.7, 1, part => SmallestEigenvectors(factor, form, options, part));
        WarnOfZeros(values, form.MeanDiagonal(), options, execution);
        var error = values.Sum();
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Variant} LLE of {rows.RowCount} x {rows.ColumnCount} rows to {options.Dimension} dimensions, reconstruction error "
                + $"{error:G4}, largest of the factor's blocks {plan.LargestFront} rows: {clock.Summary}."));
        return new LocallyLinearEmbedding(
            options,
            new FittedRows(rows, options.Distance, options.NeighborCount),
            LayoutOf(vectors))
        {
            ReconstructionError = error,
            Seconds = clock.TotalSeconds,
            FitDevice = device,
        };
    }

    void IModelPart<LocallyLinearEmbedding>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("reconstructionError", ReconstructionError);
        _rows.Write(part);
        part.Add("layout", Layout);
    }

    static LocallyLinearEmbedding IModelPart<LocallyLinearEmbedding>.Read(ModelPartReader part)
    {
        var (options, error, rowCount) =
            (part.Get<LocallyLinearEmbeddingOptions>("options"), part.Get<double>("reconstructionError"), part.SizeOf("rows"));
        options.ThrowIfInconsistent();
        options.ThrowIfTooFewRows(rowCount);
        return double.IsFinite(error)
            ? new LocallyLinearEmbedding(
                options,
                FittedRows.Read(part, options.Distance, options.NeighborCount),
                part.GetMatrix("layout", rowCount, options.Dimension))
            {
                ReconstructionError = error,
                Seconds = part.Seconds,
                FitDevice = part.Device,
            }
            : throw part.Corrupt("its reconstruction error is not a number");
    }

    /// <summary>
    /// A new row is placed by the combination of its neighbors among the rows of the fit that is nearest to it, as in scikit-learn, for
    /// both variants (Saul and Roweis, 2003). A row that equals one of the fit gets its position.
    /// </summary>
    private protected override MeasuredRows MeasureChecked(Matrix rows, Execution execution)
    {
        var count = Options.NeighborCount;
        var neighbors = _rows.Find(rows, count, execution);
        var places = new float[ArraySize.Of(rows.RowCount, OutputDimension)];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var barycenter = new BarycentricWeights(count, rows.ColumnCount, Options.Regularization);
            var weights = new double[count];
            for (var row = start; row < end; row++)
            {
                var place = places.AsSpan(row * OutputDimension, OutputDimension);
                if (neighbors.Distances(row)[0] == 0)
                {
                    Layout.Row(neighbors.Neighbors(row)[0]).CopyTo(place);
                    continue;
                }

                barycenter.Measure(rows.Row(row), Rows, neighbors.Neighbors(row));
                barycenter.Solve(weights);
                for (var neighbor = 0; neighbor < count; neighbor++)
                {
                    TensorPrimitives.MultiplyAdd(Layout.Row(neighbors.Neighbors(row)[neighbor]), (float)weights[neighbor], place, place);
                }
            }
        });
        return new MeasuredRows(Matrix.Own(places, OutputDimension), neighbors.DistancesFromOthers());
    }

    private static void ThrowIfDisconnected(NeighborGraph neighbors, LocallyLinearEmbeddingOptions options, Execution execution)
    {
        var graph = neighbors.ToMatrix((_, values) => values.Fill(1), execution).CombineWithTranspose(MathF.Max, execution);
        var parts = ConnectedComponents.Find(graph);
        if (parts.Count > 1)
        {
            throw new N2DException(
                "DisconnectedRows",
                ErrorKind.InvalidData,
                $"With {options.NeighborCount} neighbors the graph of the rows has {parts.Count} separate parts, the smallest of "
                    + $"{Quantity.Of(parts.Min(members => members.Length), "row")}. Their positions relative to each other would be "
                    + $"arbitrary. Use a larger {nameof(options.NeighborCount)}, or Isomap or UMAP, which place such parts.",
                options.NeighborCount)
            {
                Options = [nameof(options.NeighborCount)],
            };
        }
    }

    private static SparseCholesky.Analysis PlanOf(SymmetricSparseMatrix form, Execution execution)
    {
        var plan = SparseCholesky.Analysis.Run(form, execution.CancellationToken);
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return plan.Bytes < available / 2.0 && plan.LargestFront <= SparseCholesky.LargestFront
            ? plan
            : throw new N2DException(
                "FactorTooLarge",
                ErrorKind.OutOfResources,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"LLE needs {plan.Bytes / 1e9:F1} GB of memory for these rows, "
                        + $"more than half of the machine's {available / 1e9:F1} GB, ")
                    + "because their high intrinsic dimension makes its equations dense. "
                    + $"Use a smaller {nameof(LocallyLinearEmbeddingOptions.NeighborCount)}, fewer rows, or UMAP or Isomap.",
                form.RowCount)
            {
                Options = [nameof(LocallyLinearEmbeddingOptions.NeighborCount)],
            };
    }

    private static SparseCholesky Factor(SparseCholesky.Analysis plan, SymmetricSparseMatrix form, Execution execution)
    {
        // The form is positive semidefinite except for rounding, which grows with its size.
        for (var shift = Shift * form.MeanDiagonal(); ; shift *= 100)
        {
            if (plan.TryFactor(form, shift, execution) is { } factor)
            {
                return factor;
            }
        }
    }

    /// <summary>The eigenvectors of the smallest eigenvalues, without the constant one: the largest of the inverse.</summary>
    private static (double[][] Vectors, double[] Values) SmallestEigenvectors(
        SparseCholesky factor, SymmetricSparseMatrix form, LocallyLinearEmbeddingOptions options, Execution execution)
    {
        var (_, vectors) = BlockKrylov.Find(
            form.RowCount,
            options.Dimension,
            Tolerance,
            options.Seed,
            (sources, targets) =>
            {
                factor.Solve([.. sources.Select(Centered)], targets, execution.CancellationToken);
                foreach (var target in targets)
                {
                    Centered(target).CopyTo(target, 0);
                }
            },
            execution);

        // Compute the eigenvalues with the form itself, which is more exact than its shifted inverse.
        return (vectors, Array.ConvertAll(vectors, vector => form.QuadraticForm(vector, execution)));
    }

    private static double[] Centered(double[] vector)
    {
        var mean = FixedOrder.Sum<double>(vector) / vector.Length;
        return Array.ConvertAll(vector, value => value - mean);
    }

    private static void WarnOfZeros(double[] values, double scale, LocallyLinearEmbeddingOptions options, Execution execution)
    {
        var count = values.Count(value => value < Negligible * scale);
        if (count > 0)
        {
            execution.Advise(
                $"{count} of {options.Dimension} dimensions of the LLE only {(count == 1 ? "separates" : "separate")} isolated groups of "
                    + "rows: duplicates, or rows that are not neighbors of any others. "
                    + $"Remove duplicates, or use a larger {nameof(options.NeighborCount)}.",
                nameof(options.NeighborCount));
        }
    }

    private static Matrix LayoutOf(double[][] vectors)
    {
        var rowCount = vectors[0].Length;
        var layout = new float[ArraySize.Of(rowCount, vectors.Length)];
        for (var place = 0; place < layout.Length; place++)
        {
            var (row, axis) = Math.DivRem(place, vectors.Length);
            layout[place] = (float)(vectors[axis][row] * Math.Sqrt(rowCount));
        }

        return Matrix.Own(layout, vectors.Length);
    }
}
