using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Manifolds;

/// <summary>Difficult rows, such as users have: UMAP lays them out in finite coordinates.</summary>
public sealed class UmapRobustnessTests
{
    [Fact]
    public void Duplicates_SeparateParts_AndConstantColumns_GiveFiniteLayoutsOfSeparateParts()
    {
        // 40 parts of 30 rows far from each other (more parts than twice the dimensions), half of each duplicates, one column constant.
        var (blobs, parts) = RandomRows.Blobs(1200, 3, 40, scale: 10_000);
        var values = new float[1200 * 4];
        for (var row = 0; row < 1200; row++)
        {
            var source = row % 80 < 40 ? row : row - (row % 80) + (row % 40);
            blobs.Row(source).CopyTo(values.AsSpan(row * 4));
            values[(row * 4) + 3] = 7;
        }

        var layout = new UmapOptions
        { NeighborCount = 10, Dimension = 3, Epochs = 100 }.Fit(Matrix.Own(values, 4), Execution.Default).Layout;
        AssertFinite(layout);

        // The parts stay apart in the layout: the nearest row of each row is in its own part.
        var nearest = NeighborSearch.Find(layout, 1, new RowDistance(), Execution.Default);
        Assert.All(Enumerable.Range(0, 1200), row => Assert.Equal(parts[row], parts[nearest.Neighbors(row)[0]]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void AnyDimension_IsLaidOut(int dimension)
    {
        var layout = new UmapOptions { Dimension = dimension, Epochs = 20 }.Fit(RandomRows.Uniform(300, 6), Execution.Default).Layout;
        Assert.Equal((300, dimension), (layout.RowCount, layout.ColumnCount));
        AssertFinite(layout);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public void TheGraph_DoesNotDependOnTheScaleOfTheRows(int exponent)
    {
        // Powers of two scale distances without rounding. Manhattan's alone among the usual ones stay in range: they are not squared.
        var (rows, _) = RandomRows.Blobs(300, 4, 3, scale: 10);
        var scaled = Matrix.Own([.. rows.Values.ToArray().Select(value => MathF.ScaleB(value, exponent))], 4);
        var (graph, other) = (GraphOf(rows), GraphOf(scaled));
        Assert.Equal(graph.Columns, other.Columns);
        Assert.Equal(graph.Values, other.Values);

        static SparseMatrix GraphOf(Matrix rows)
        {
            var neighbors = NeighborSearch.Find(rows, 14, new RowDistance { Metric = DistanceMetric.Manhattan }, Execution.Default);
            return FuzzySimplicialSet.Build(neighbors, new UmapOptions(), Execution.Default);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void PartsSoFarApartThatSquaresOverflow_AreLaidOut_AsAreUnseenRows(int partCount)
    {
        var (rows, _) = RandomRows.Blobs(900, 3, partCount, scale: 1000);
        var huge = Matrix.Own([.. rows.Values.ToArray().Select(value => value * 1e25f)], 3);
        var options = new UmapOptions { Metric = DistanceMetric.Manhattan, NeighborCount = 10, Dimension = 2, Epochs = 20 };
        var umap = options.Fit(huge, Execution.Default);
        AssertFinite(umap.Layout);
        AssertFinite(umap.Transform(Matrix.Own([.. huge.Values.ToArray().Select(value => 1.001f * value)], 3), Execution.Default));
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Chebyshev)]
    [InlineData(DistanceMetric.Hamming)]
    public void RowsThatAreNotFinite_AreRefusedByName(DistanceMetric metric)
    {
        var values = RandomRows.Uniform(50, 3).Values.ToArray();
        values[10] = float.NaN;
        var error = Assert.Throws<N2DException>(() => new UmapOptions { Metric = metric }.Fit(Matrix.Own(values, 3), Execution.Default));
        Assert.Equal("NotFinite", error.Id);
    }

    [Fact]
    public void JustMoreRowsThanNeighbors_AreLaidOut_AndFewerRefused()
    {
        var options = new UmapOptions { NeighborCount = 20, Dimension = 10, Epochs = 10 };
        Assert.Equal(21, options.Fit(RandomRows.Uniform(21, 3), Execution.Default).Layout.RowCount);
        var error = Assert.Throws<N2DException>(() => options.Fit(RandomRows.Uniform(20, 3), Execution.Default));
        Assert.Equal(("TooFewRows", ErrorKind.InvalidArgument), (error.Id, error.Kind));
    }

    [Theory]
    [InlineData(UmapInitialization.Spectral)]
    [InlineData(UmapInitialization.Random)]
    [InlineData(UmapInitialization.Pca)]
    public void RowsThatAreAllTheSame_AreLaidOut(UmapInitialization initialization)
    {
        var rows = Matrix.Own([.. Enumerable.Repeat(3f, 400)], 4);
        AssertFinite(new UmapOptions { Dimension = 3, Initialization = initialization, Epochs = 50 }.Fit(rows, Execution.Default).Layout);
    }

    [Theory]
    [InlineData(3e38f, 1)]
    [InlineData(1, 1e-30f)]
    public void LayoutsThatLeaveTheRangeOfNumbers_AreRefused(float learningRate, float spread)
    {
        var options = new UmapOptions { Dimension = 2, Epochs = 50, LearningRate = learningRate, Spread = spread };
        var error = Assert.Throws<N2DException>(() => options.Fit(RandomRows.Blobs(300, 5, 3, scale: 10).Rows, Execution.Default));
        Assert.Equal(("LayoutDiverged", ErrorKind.InvalidArgument), (error.Id, error.Kind));
    }

    [Theory]
    [InlineData(4, 4, 1)]
    [InlineData(6, 5, 1)]
    [InlineData(8, 8, 2)]
    [InlineData(12, 12, 2)]
    [InlineData(21, 2, 1)]
    public void PartsOfFewRows_StartAtFinitePlaces(int rowCount, int neighborCount, int dimension)
    {
        // Eight parts far from each other, most of them complete graphs.
        var values = Enumerable.Range(0, 8 * rowCount)
            .SelectMany(
                row => (float[])[
                    (1000 * (row / rowCount)) + (0.1f * (row % rowCount) * (1 + (row % rowCount % 3))),
                    row % rowCount * (row % rowCount) % 7
                ])
            .ToArray();
        var options = new UmapOptions { NeighborCount = neighborCount, Dimension = dimension, Epochs = 0 };
        var layout = options.Fit(Matrix.Own(values, 2), Execution.Default).Layout;
        AssertFinite(layout);
    }

    [Fact]
    public void MoreDuplicatesThanNeighbors_LandInOnePlace()
    {
        // A hundred copies of a row among two hundred others. Each row has ten neighbors.
        var values = RandomRows.Uniform(300, 5).Values.ToArray();
        for (var row = 0; row < 300; row += 3)
        {
            values.AsSpan(0, 5).CopyTo(values.AsSpan(row * 5));
        }

        var layout = new UmapOptions { NeighborCount = 10, Dimension = 2 }.Fit(Matrix.Own(values, 5), Execution.Default).Layout;
        AssertFinite(layout);
        var (same, others) = (SpreadOf(layout, row => row % 3 == 0), SpreadOf(layout, row => row % 3 != 0));
        Assert.InRange(same, 0, 0.5 * others);
    }

    [Fact]
    public void ManyRowsWithoutNeighbors_AreLaidOut_AndStayWhereTheyStart()
    {
        // A cluster of 300 rows, and 3000 rows far from it and from each other: more parts than multidimensional scaling handles.
        var values = RandomRows.Uniform(3300, 2, seed: 2).Values.ToArray();
        for (var place = 600; place < values.Length; place++)
        {
            values[place] = 1e6f * (1 + values[place]);
        }

        var rows = Matrix.Own(values, 2);
        var options = new UmapOptions { NeighborCount = 10, Dimension = 3, DisconnectionDistance = 5, Epochs = 0 };
        var start = options.Fit(rows, Execution.Default).Layout;
        var layout = (options with { Epochs = 50 }).Fit(rows, Execution.Default).Layout;
        AssertFinite(layout);
        Assert.Equal(start.RowRange(300, 3000).ToArray(), layout.RowRange(300, 3000).ToArray());
        Assert.NotEqual(start.RowRange(0, 300).ToArray(), layout.RowRange(0, 300).ToArray());
    }

    [Fact]
    public void IsolatedRows_OfAnIntersectedGraph_AreLaidOut()
    {
        // Only rows that are each other's neighbors are joined, and only in their class.
        var rows = RandomRows.Uniform(200, 10);
        var options = new UmapOptions
        { NeighborCount = 3, SetOperationMixRatio = 0, TargetWeight = 1, Dimension = 2, Epochs = 50, DensityWeight = 2 };
        var labels = new Labels([.. Enumerable.Range(0, 200).Select(row => row % 5)], ["a", "b", "c", "d", "e"]);
        AssertFinite(options.Fit(rows, Execution.Default, new() { Labels = labels }).Layout);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(2, 4)]
    [InlineData(15, 16)]
    [InlineData(59, 60)]
    [InlineData(60, 61)]
    public void AsManyNeighborsAsThereAreRows_OrNearly_AreLaidOut(int neighborCount, int rowCount)
    {
        foreach (var initialization in Enum.GetValues<UmapInitialization>())
        {
            var options = new UmapOptions
            { NeighborCount = neighborCount, Dimension = 3, Initialization = initialization, Epochs = 30, DensityWeight = 2 };
            AssertFinite(options.Fit(RandomRows.Uniform(rowCount, 3), Execution.Default).Layout);
        }
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Manhattan)]
    [InlineData(DistanceMetric.Chebyshev)]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Correlation)]
    public void RowsOfOneDirection_AndOfItsOpposite_AreLaidOut(DistanceMetric metric)
    {
        // By angle, all rows of one sign are equal, and the others are at the largest distance.
        var values = Enumerable.Range(0, 80)
            .SelectMany(row => new float[] { 1, 2, 4 }.Select(value => value * (row % 2 == 0 ? row + 1 : -row)))
            .ToArray();
        AssertFinite(new UmapOptions
        { NeighborCount = 50, Dimension = 2, Metric = metric, Epochs = 30 }.Fit(Matrix.Own(values, 3), Execution.Default).Layout);
    }

    [Theory]
    [InlineData(1e-20f)]
    [InlineData(1e15f)]
    public void TinyAndHugeValues_AreLaidOut(float scale)
    {
        var rows = Matrix.Own([.. RandomRows.Uniform(200, 4).Values.ToArray().Select(value => value * scale)], 4);
        foreach (var initialization in Enum.GetValues<UmapInitialization>())
        {
            var options = new UmapOptions { Dimension = 2, Initialization = initialization, Epochs = 30, DensityWeight = 2 };
            AssertFinite(options.Fit(rows, Execution.Default).Layout);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.5f)]
    [InlineData(7.5f)]
    [InlineData(1000f)]
    public void AnyLocalConnectivity_IsLaidOut(float localConnectivity)
    {
        var options = new UmapOptions { LocalConnectivity = localConnectivity, NeighborCount = 8, Dimension = 2, Epochs = 30 };
        AssertFinite(options.Fit(RandomRows.Uniform(200, 4), Execution.Default).Layout);
    }

    private static void AssertFinite(Matrix layout) => Assert.All(layout.Values.ToArray(), value => Assert.True(float.IsFinite(value)));

    /// <summary>The root mean square distance of rows from their center.</summary>
    private static double SpreadOf(Matrix layout, Func<int, bool> isMember)
    {
        var members = Enumerable.Range(0, layout.RowCount).Where(isMember).ToArray();
        return Math.Sqrt(Enumerable.Range(0, layout.ColumnCount).Sum(column =>
        {
            var mean = members.Average(row => layout[row, column]);
            return members.Average(row => Math.Pow(layout[row, column] - mean, 2));
        }));
    }
}
