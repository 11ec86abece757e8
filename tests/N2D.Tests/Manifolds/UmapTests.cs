using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

public sealed class UmapTests
{
    [Fact]
    public void CurveParameters_AreUmapLearns()
    {
        foreach (var curve in ExpectedValues.Load("manifolds.json").GetProperty("curves").EnumerateArray())
        {
            var (a, b) = MembershipCurve.Fit(curve.GetProperty("spread").GetDouble(), curve.GetProperty("minimumDistance").GetDouble());
            Assert.Equal(curve.GetProperty("a").GetDouble(), a, 1e-3);
            Assert.Equal(curve.GetProperty("b").GetDouble(), b, 1e-3);
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-3)]
    [InlineData(100)]
    [InlineData(1e5)]
    public void CurveParameters_ScaleWithTheSpread(double spread)
    {
        foreach (var plateau in (double[])[0, 0.5, 1, 2, 2.5])
        {
            var unit = MembershipCurve.Fit(1, plateau);
            var scaled = MembershipCurve.Fit(spread, plateau * spread);
            Assert.Equal(unit.B, scaled.B, 1e-6);
            Assert.Equal(1, scaled.A / (unit.A * Math.Pow(spread, -2 * unit.B)), 1e-4);
        }
    }

    [Fact]
    public void Forces_OfTheSteepestCurve_AreThoseOfItsFormula()
    {
        // b is 13.3 here: powers of common squared distances leave the range of a float.
        var curve = MembershipCurve.Fit(1, 2.9);
        float[] squares = [1, 9, 25, 100, 400, 900, 2500, 10_000];
        var (attractions, repulsions) = (squares.ToArray(), squares.ToArray());
        var forces = new LayoutForces(curve, 1);
        forces.ToAttractions(attractions);
        forces.ToRepulsions(repulsions);
        for (var i = 0; i < squares.Length; i++)
        {
            var power = Math.Pow(squares[i], curve.B);
            var membership = 1 / (1 + (curve.A * power));
            Assert.Equal(1, attractions[i] / (-2 * curve.A * curve.B * power / squares[i] * membership), 1e-3);
            Assert.Equal(2 * curve.B / (0.001 + squares[i]) * membership, repulsions[i], 1e-3);
        }
    }

    [Fact]
    public void FuzzySimplicialSetOfIris_IsUmapLearns()
    {
        var expected = ExpectedValues.Load("manifolds.json");
        var weights = new double[150, 150];
        foreach (var edge in expected.GetProperty("irisGraph").EnumerateArray())
        {
            weights[edge[0].GetInt32(), edge[1].GetInt32()] = edge[2].GetDouble();
        }

        var graph = FuzzySimplicialSet.Build(UmapOptionTests.IrisNeighbors(), new UmapOptions(), Execution.Default);
        var entries = 0;
        for (var row = 0; row < 150; row++)
        {
            var columns = graph.RowColumns(row);
            for (var place = 0; place < columns.Length; place++, entries++)
            {
                Assert.Equal(weights[row, columns[place]], graph.RowValues(row)[place], 1e-4);
            }
        }

        Assert.Equal(expected.GetProperty("irisGraph").GetArrayLength(), entries);
    }

    [Fact]
    public void FuzzyGraph_IsSymmetricToTheLastBit()
    {
        var graph = FuzzySimplicialSet.Build(
            NeighborSearch.Find(RandomRows.Uniform(500, 5), 10, new RowDistance(), Execution.Default),
            new UmapOptions(),
            Execution.Default);
        for (var row = 0; row < graph.RowCount; row++)
        {
            var columns = graph.RowColumns(row);
            for (var place = 0; place < columns.Length; place++)
            {
                var mirror = graph.RowColumns(columns[place]).IndexOf(row);
                Assert.Equal(graph.RowValues(row)[place], graph.RowValues(columns[place])[mirror]);
            }
        }
    }

    [Fact]
    public void LaplacianEigenmap_OfARing_IsItsFirstHarmonics()
    {
        // The adjacency of a ring of n rows, each with degree 2, has eigenvalues cos(2 pi k / n), each twice.
        const int RowCount = 60;
        var ring = Ring(RowCount);
        var (vectors, _, _) = LaplacianEigenmap.Compute(ring, 4, seed: 0, Execution.Default);
        for (var column = 0; column < 4; column++)
        {
            var product = 0.0;
            for (var row = 0; row < RowCount; row++)
            {
                var next = vectors[((row + 1) % RowCount * 4) + column];
                var previous = vectors[((row + RowCount - 1) % RowCount * 4) + column];
                product += vectors[(row * 4) + column] * (next + previous) / 2;
            }

            // The Rayleigh quotient errs by the square of the residual at which the iteration may end.
            Assert.Equal(Math.Cos(2 * Math.PI * (1 + (column / 2)) / RowCount), product, 1e-4);
        }
    }

    [Theory]
    [InlineData(UmapInitialization.Spectral)]
    [InlineData(UmapInitialization.Random)]
    [InlineData(UmapInitialization.Pca)]
    public void SameSeed_SameBytes_ForAnyThreadCount(UmapInitialization initialization)
    {
        var (rows, _) = RandomRows.Blobs(1500, 8, 4, scale: 6);
        var options = new UmapOptions { Dimension = 5, Epochs = 60, Initialization = initialization, Seed = 3 };
        var layouts = new[] { 1, 2, 5 }.Select(threads =>
        {
            // Rows of its own, or the neighbors would be those of the first.
            var copy = Matrix.Own(rows.Values.ToArray(), rows.ColumnCount);
            return options.Fit(copy, new Execution { ThreadCount = threads }).Layout.Values.ToArray();
        }).ToArray();

        Assert.Equal(layouts[0], layouts[1]);
        Assert.Equal(layouts[0], layouts[2]);
        Assert.NotEqual(layouts[0], (options with { Seed = 4 }).Fit(rows, Execution.Default).Layout.Values.ToArray());
    }

    [Fact]
    public void LayoutsWithPooledSamples_AreTheSameBytes_ForAnyThreadCount()
    {
        var (rows, _) = RandomRows.Blobs(3000, 8, 4, scale: 6);
        var options = new UmapOptions { Dimension = 5, Epochs = 60, Seed = 3 };
        var neighbors = NeighborSearch.Find(rows, options.NeighborCount - 1, options.Distance, Execution.Default);
        var graph = FuzzySimplicialSet.Build(neighbors, options, Execution.Default);
        var initial = LayoutInitialization.Random(rows.RowCount, options.Dimension, seed: 3);
        var curve = MembershipCurve.Fit(options.Spread, options.MinimumDistance);
        var layouts = new[] { 1, 2, 5 }.Select(threads => Layout(pooledFrom: 0, threads)).ToArray();

        Assert.Equal(layouts[0], layouts[1]);
        Assert.Equal(layouts[0], layouts[2]);
        Assert.NotEqual(layouts[0], Layout(rows.RowCount + 1, threads: 1));

        float[] Layout(int pooledFrom, int threads)
        {
            var execution = new Execution { ThreadCount = threads };
            var blocks = new LayoutBlocks(Matrix.Own(initial, options.Dimension), options.Seed, execution);
            return new LayoutOptimizer(graph, blocks, initial, curve, options, pooledFrom: pooledFrom).Run(execution);
        }
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport() =>
        Cancellation.AssertEndsAt(
            "layout, epoch 2 ", execution => new UmapOptions { Epochs = 1_000_000 }.Fit(RandomRows.Uniform(2000, 8), execution));

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Equal("NeighborCountOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { NeighborCount = 1 }).Id);
        Assert.Equal("DimensionOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { Dimension = 0 }).Id);
        Assert.Equal("SpreadOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { Spread = 0 }).Id);
        var error = Assert.Throws<N2DException>(() => MembershipCurve.Fit(0.01f, 0.1f));
        Assert.Equal("MinimumDistanceOutOfRange", error.Id);
        Assert.StartsWith("A minimum distance of 0.1 is impossible at spread 0.01. ", error.Message, StringComparison.Ordinal);
    }

    internal static SparseMatrix Ring(int rowCount)
    {
        var columns = new int[2 * rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            var (next, previous) = ((row + 1) % rowCount, (row + rowCount - 1) % rowCount);
            columns[2 * row] = Math.Min(next, previous);
            columns[(2 * row) + 1] = Math.Max(next, previous);
        }

        return new SparseMatrix(
            [.. Enumerable.Range(0, rowCount + 1).Select(row => 2 * row)], columns, [.. Enumerable.Repeat(1f, columns.Length)]);
    }
}
