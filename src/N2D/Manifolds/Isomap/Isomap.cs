using System.Globalization;
using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// A fitted Isomap (Tenenbaum, de Silva and Langford, 2000): a layout in which straight distances approximate the distances along the
/// manifold, which are the shortest paths from neighbor to neighbor. For more than 5000 rows, only distances to landmarks are computed
/// (de Silva and Tenenbaum, 2004). Create it with <see cref="IsomapOptions.Fit"/>.
/// </summary>
/// <remarks>
/// A model file contains the distance of each row to each landmark, which places new rows: 100 MB for 5000 rows, all of them landmarks, and
/// 2 kB per row for more rows with 500 landmarks.
/// </remarks>
public sealed class Isomap : FittedManifold, IModelPart<Isomap>
{
    private const int RowsPerBlock = 64;

    private static readonly IsomapOptions Defaults = new();

    private readonly FittedRows _rows;
    private readonly Matrix _distances;
    private readonly LandmarkScaling _scaling;

    private Isomap(IsomapOptions options, FittedRows rows, Matrix distances, LandmarkScaling scaling, Matrix layout)
        : base(options, rows.Rows.ColumnCount, layout)
    {
        _rows = rows;
        _distances = distances;
        _scaling = scaling;
    }

    /// <inheritdoc/>
    public override string Name => "Isomap";

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
    [
        new("NeighborCount", Options.NeighborCount),
        new("Dimension", Options.Dimension),
        LandmarkCount < Rows.RowCount ? new("LandmarkCount", LandmarkCount) : new("LandmarkCount", null),
        new("Metric", Options.Metric, Defaults.Metric),
        new("MinkowskiPower", Options.MinkowskiPower, Defaults.MinkowskiPower),
        new("Neighbor", Context.Neighbors is null ? null : "given"),
        new("Seed", Seed),
    ]);

    /// <summary>The options of the fit.</summary>
    public IsomapOptions Options => (IsomapOptions)FitOptions;

    /// <summary>The rows of the fit, n x d.</summary>
    public Matrix Rows => _rows.Rows;

    /// <summary>The number of landmarks, L; n if the fit is exact.</summary>
    public int LandmarkCount => _distances.ColumnCount;

    /// <summary>
    /// The residual variance: 1 - R^2 of the landmarks' distances along the manifold and in the layout, 0 to 1 (Tenenbaum et al., 2000). It
    /// decreases with more dimensions, up to the dimension of the manifold.
    /// </summary>
    public required double ResidualVariance { get; init; }

    /// <summary>Fits a layout to valid, finite rows.</summary>
    internal static Isomap Fit(Matrix rows, IsomapOptions options, Execution execution, ManifoldContext context)
    {
        var landmarks = Landmarks(rows.RowCount, options);
        var clock = new StageClock(execution);
        var (neighbors, device) = clock.Time("neighbors", 0, 0.2, part => options.NeighborsOf(rows, context, part));
        if (context.Neighbors is not null)
        {
            GivenNeighbors.WarnIfDifferent(neighbors, rows, options.Distance, execution);
        }

        var graph = clock.Time("graph", 0.2, 0.25, part => NeighborhoodGraph.Build(rows, neighbors, options.Distance, part));
        var distances = clock.Time("paths", 0.25, 0.8, part => GeodesicDistances.Find(graph, landmarks, part));
        var scaling = clock.Time("scaling", 0.8, 0.98, part => LandmarkScaling.Fit(distances, landmarks, options.Dimension, part));
        var layout = clock.Time("layout", 0.98, 1, part => scaling.Place(distances, part));
        var residual = ResidualVarianceOf(distances, landmarks, layout, execution);
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"Isomap of {rows.RowCount} x {rows.ColumnCount} rows to {Quantity.Of(options.Dimension, "dimension")}, "
                + $"{Quantity.Of(landmarks.Length, "landmark")}, residual variance {residual:F4}: {clock.Summary}."));
        return new Isomap(options, new FittedRows(rows, options.Distance, options.NeighborCount), distances, scaling, layout)
        {
            ResidualVariance = residual,
            Seconds = clock.TotalSeconds,
            FitDevice = device,
            Context = context.Kept(neighbors),
        };
    }

    void IModelPart<Isomap>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("residualVariance", ResidualVariance);
        _rows.Write(part);
        part.Add("layout", Layout);
        part.Add("distances", _distances);
        _scaling.Write(part);
        Context.Neighbors?.Write(part);
    }

    static Isomap IModelPart<Isomap>.Read(ModelPartReader part)
    {
        var (options, residual, rowCount) = (part.Get<IsomapOptions>("options"), part.Get<double>("residualVariance"), part.SizeOf("rows"));
        options.ThrowIfTooFewRows(rowCount);
        var rows = FittedRows.Read(part, options.Distance, options.NeighborCount);
        var distances = part.GetMatrix("distances", rowCount, options.LandmarkCountFor(rowCount));
        return double.IsFinite(residual) && TensorPrimitives.Min(distances.Values) >= 0
            ? new Isomap(
                options,
                rows,
                distances,
                LandmarkScaling.Read(part, distances.ColumnCount, options.Dimension),
                part.GetMatrix("layout", rowCount, options.Dimension))
            {
                ResidualVariance = residual,
                Seconds = part.Seconds,
                FitDevice = part.Device,
                Context = new ManifoldContext { Neighbors = GivenNeighbors.Read(part, rowCount, options.NeighborCount) },
            }
            : throw part.Corrupt("a distance along its manifold is negative, or what its layout fails to show is no number");
    }

    /// <summary>
    /// The distances of a new row to the landmarks are the shortest ones through its neighbors among the rows of the fit, as in
    /// scikit-learn. They place it like those of the fit (Bengio et al., 2004).
    /// </summary>
    private protected override MeasuredRows MeasureChecked(Matrix rows, Execution execution)
    {
        var neighbors = _rows.Find(rows, Options.NeighborCount, execution);
        var distances = new float[ArraySize.Of(rows.RowCount, LandmarkCount)];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var own = distances.AsSpan(row * LandmarkCount, LandmarkCount);
                own.Fill(float.PositiveInfinity);
                for (var place = 0; place < neighbors.NeighborCount; place++)
                {
                    var way = neighbors.Distances(row)[place];
                    var onward = _distances.Row(neighbors.Neighbors(row)[place]);
                    for (var landmark = 0; landmark < own.Length; landmark++)
                    {
                        own[landmark] = MathF.Min(own[landmark], way + onward[landmark]);
                    }
                }
            }
        });
        return new MeasuredRows(_scaling.Place(Matrix.Own(distances, LandmarkCount), execution), neighbors.DistancesFromOthers());
    }

    private static int[] Landmarks(int rowCount, IsomapOptions options)
    {
        var rows = Enumerable.Range(0, rowCount).ToArray();
        var count = options.LandmarkCountFor(rowCount);
        if (count == rowCount)
        {
            return rows;
        }

        var random = new RandomSequence(options.Seed, RandomPurpose.Sampling);
        random.Shuffle<int>(rows);
        return [.. rows.Take(count).Order()];
    }

    private static double ResidualVarianceOf(Matrix distances, int[] landmarks, Matrix layout, Execution execution)
    {
        // Sums of both, their squares and their product, over all ordered pairs.
        var sums = ParallelRows.Sums(landmarks.Length, RowsPerBlock, 5, execution, (place, sums) =>
        {
            var along = distances.Row(landmarks[place]);
            for (var other = 0; other < along.Length; other++)
            {
                double x = along[other];
                double y = FixedOrder.Distance<float>(layout.Row(landmarks[place]), layout.Row(landmarks[other]));
                sums[0] += x;
                sums[1] += y;
                sums[2] += x * x;
                sums[3] += y * y;
                sums[4] += x * y;
            }
        });
        var count = (double)landmarks.Length * landmarks.Length;
        var covariance = sums[4] - (sums[0] * sums[1] / count);
        var product = (sums[2] - (sums[0] * sums[0] / count)) * (sums[3] - (sums[1] * sums[1] / count));
        return product > 0 ? 1 - (covariance * covariance / product) : 0;
    }
}
