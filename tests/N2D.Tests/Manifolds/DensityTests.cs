using N2D.Manifolds;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

/// <summary>densMAP: UMAP that preserves local densities.</summary>
public sealed class DensityTests
{
    [Fact]
    public void RadiiOfIris_AreUmapLearns()
    {
        var neighbors = UmapOptionTests.IrisNeighbors();
        var radii =
            LocalRadii.Logarithms(neighbors, FuzzySimplicialSet.Build(neighbors, new UmapOptions(), Execution.Default), Execution.Default);
        var expected = ExpectedValues.Load("umap-options.json").GetProperty("logRadii");

        // umap-learn leaves out edges that are too weak to be drawn, of less than a 700th of the largest weight.
        Assert.All(Enumerable.Range(0, 150), row => Assert.Equal(expected[row].GetDouble(), radii[row], 2e-3));
    }

    [Fact]
    public void Steps_FollowTheGradientOfTheCorrelation()
    {
        const int RowCount = 80;
        var (graph, radii) = GraphOf(RandomRows.Uniform(RowCount, 3), 10);
        var start = RandomRows.Uniform(RowCount, 2, seed: 9);
        var blocks = new LayoutBlocks(start, seed: 0, Execution.Default);
        var schedule = new LayoutSchedule(graph, blocks, epochCount: 100_000);

        // So small a weight that no step would be clipped.
        const float Weight = 1e-4f;
        var options = new UmapOptions { DensityWeight = Weight, DensityVarianceShift = 0 };
        var density = new DensityTerm(
            schedule, [.. blocks.Rows.ToArray().Select(row => radii[row])], MembershipCurve.Fit(1, 0.1), options, epochCount: 1);
        var positions = new AlignedRows(RowCount, 2);
        for (var place = 0; place < RowCount; place++)
        {
            var row = blocks.Rows[place];
            (positions[place][0], positions[place][1]) = (5 * start[row, 0], 5 * start[row, 1]);
        }

        density.Measure(positions, Execution.Default);
        var (steps, slopes) = (new double[2 * RowCount], new double[2 * RowCount]);
        var rateSum = 0.0;
        for (var place = 0; place < RowCount; place++)
        {
            var (first, end) = schedule.Edges(place);
            for (var edge = first; edge < end; edge++)
            {
                var own = positions[place];
                var other = positions[schedule.Tail(edge)];
                var square = ((own[0] - other[0]) * (own[0] - other[0])) + ((own[1] - other[1]) * (own[1] - other[1]));
                var coefficient = density.Coefficient(place, edge, square);
                rateSum += schedule.Rate(edge);
                for (var axis = 0; axis < 2; axis++)
                {
                    // The number of samples of the edge, from both ends.
                    steps[(2 * place) + axis] += 2 * schedule.Rate(edge) * coefficient * (own[axis] - other[axis]);
                }
            }
        }

        for (var i = 0; i < slopes.Length; i++)
        {
            ref var coordinate = ref positions[i / 2][i % 2];
            var here = coordinate;
            coordinate = here + 0.01f;
            var above = density.Measure(positions, Execution.Default);
            coordinate = here - 0.01f;
            slopes[i] = Weight * rateSum * (above - density.Measure(positions, Execution.Default)) / 0.02;
            coordinate = here;
        }

        // The covariance is divided by n - 1 in one place and by n in another, as in umap-learn.
        var product = steps.Zip(slopes, (step, slope) => step * slope).Sum();
        var length = Math.Sqrt(slopes.Sum(slope => slope * slope));
        Assert.InRange(product / (length * Math.Sqrt(steps.Sum(step => step * step))), 0.999, 1);
        Assert.Equal(1, product / (length * length), 0.03);
    }

    [Fact]
    public void UniformRows_AreAsTrustworthyAsUmapLearnAsks()
    {
        // The first 50 of 1000 uniform rows in five dimensions, as the reference's tests use them.
        var rows = Matrix.Own(RandomRows.Uniform(1000, 5).RowRange(0, 50).ToArray(), 5);
        var options = new UmapOptions
        { NeighborCount = 10, MinimumDistance = 0.01f, Dimension = 2, Epochs = 100, DensityWeight = 2, Seed = 42 };
        var layout = options.Fit(rows, Execution.Default).Layout;
        Assert.InRange(Trustworthiness.Compute(rows, layout, 10, Execution.Default), 0.75, 1);
        Assert.InRange(RadiusCorrelation(rows, layout, 9), 0.72, 1);
    }

    [Fact]
    public void Iris_IsAsTrustworthyAsUmapLearnAsks_AndKeepsItsDensities()
    {
        var iris = ExpectedValues.Load("manifolds.json").GetProperty("iris").ToMatrix();
        var options = new UmapOptions { NeighborCount = 10, MinimumDistance = 0.01f, Dimension = 2, DensityWeight = 2, Seed = 42 };
        var layout = options.Fit(iris, Execution.Default).Layout;
        Assert.InRange(Trustworthiness.Compute(iris, layout, 10, Execution.Default), 0.97, 1);
        var plain = (options with { DensityWeight = 0, Epochs = 700 }).Fit(iris, Execution.Default).Layout;
        Assert.InRange(RadiusCorrelation(iris, layout, 9), RadiusCorrelation(iris, plain, 9) + 0.2, 1);
    }

    [Fact]
    public void LooseAndTightBlobs_AreLooseAndTightInTheLayout()
    {
        var (rows, blobs) = RandomRows.Blobs(600, 5, 3, scale: 0);
        var values = rows.Values.ToArray();
        for (var place = 0; place < values.Length; place++)
        {
            // Spreads of 1, 4 and 16, far from each other.
            var blob = blobs[place / 5];
            values[place] = (values[place] * MathF.Pow(4, blob)) + (400 * blob);
        }

        var options = new UmapOptions { Dimension = 2, DensityWeight = 2 };
        var layout = options.Fit(Matrix.Own(values, 5), Execution.Default).Layout;
        var spreads = Enumerable.Range(0, 3).Select(Spread).ToArray();
        Assert.True(spreads[1] > 1.5 * spreads[0], string.Join(" ", spreads));
        Assert.True(spreads[2] > 1.5 * spreads[1], string.Join(" ", spreads));

        double Spread(int blob)
        {
            var members = Enumerable.Range(0, 600).Where(row => blobs[row] == blob).ToArray();
            var (x, y) = (members.Average(row => layout[row, 0]), members.Average(row => layout[row, 1]));
            return Math.Sqrt(members.Average(row => Math.Pow(layout[row, 0] - x, 2) + Math.Pow(layout[row, 1] - y, 2)));
        }
    }

    [Fact]
    public void SameSeed_SameBytes_ForAnyThreadCount()
    {
        var rows = RandomRows.Uniform(1500, 5);
        var options = new UmapOptions { Epochs = 60, DensityWeight = 2, Dimension = 3 };
        var layouts = new[] { 1, 2, 5 }.Select(threads =>
            options.Fit(rows, new Execution { ThreadCount = threads }).Layout.Values.ToArray()).ToArray();
        Assert.Equal(layouts[0], layouts[1]);
        Assert.Equal(layouts[0], layouts[2]);
        Assert.NotEqual(layouts[0], (options with { DensityWeight = 0 }).Fit(rows, Execution.Default).Layout.Values.ToArray());
    }

    [Fact]
    public void Duplicates_LoneRows_AndRowsOfEqualRadii_GiveFiniteLayouts()
    {
        // A row a hundred times over, a line of equal steps, and a row without any neighbor.
        var values = Enumerable.Repeat(0f, 100).Concat(Enumerable.Range(50, 100).Select(row => (float)row)).Append(10_000).ToArray();
        var options = new UmapOptions
        { NeighborCount = 10, Dimension = 2, Epochs = 50, DensityWeight = 10, DensityFraction = 1, DensityVarianceShift = 0 };
        foreach (var count in new[] { 100, 201 })
        {
            var rows = Matrix.Own(values[..count], 1);
            var layout = (options with { DisconnectionDistance = 1000 }).Fit(rows, Execution.Default).Layout;
            Assert.All(layout.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void RowsOfEqualRadii_HaveNoDensitiesToKeep()
    {
        // Five rows, sixty times each: all radii are 0, and the mean of so many equal logarithms is rounded.
        var distinct = RandomRows.Uniform(5, 4);
        var rows = Matrix.Own([.. Enumerable.Range(0, 300).SelectMany(row => distinct.Row(row / 60).ToArray())], 4);
        var told = new List<string>();
        new UmapOptions { Dimension = 2, Epochs = 20, DensityWeight = 2 }.Fit(rows, new Execution { Explain = told.Add });
        Assert.Contains(told, line => line.Contains("have correlation 0.000 with", StringComparison.Ordinal));
    }

    private static (SparseMatrix Graph, double[] Radii) GraphOf(Matrix rows, int neighborCount)
    {
        var neighbors = NeighborSearch.Find(rows, neighborCount, new RowDistance(), Execution.Default);
        var graph = FuzzySimplicialSet.Build(neighbors, new UmapOptions(), Execution.Default);
        return (graph, LocalRadii.Logarithms(neighbors, graph, Execution.Default));
    }

    /// <summary>The correlation of the log radii of rows and of their layout, each by its own neighbors.</summary>
    private static double RadiusCorrelation(Matrix rows, Matrix layout, int neighborCount)
    {
        var x = GraphOf(rows, neighborCount).Radii;
        var y = GraphOf(layout, neighborCount).Radii;
        var (meanX, meanY) = (x.Average(), y.Average());
        var product = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return product / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
