using N2D.Data;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Tests.Manifolds;

public sealed class SpectralStartTests
{
    private static readonly Matrix Digits = DatasetCatalog.Find("Digits")!.Read().GetRows();

    [Fact]
    public void StartsOfDigits_AreTheSameForEverySeed()
    {
        // Umap-learn's correlate by 1.0; what is left here is the noise that parts rows which coincide, 1e-4 of 10.
        var starts = LayoutsOfDigits(epochs: 0);
        Assert.All(Pairs(starts), pair => Assert.InRange(Disparity(pair.First, pair.Second), 0, 1e-6));
    }

    [Fact]
    public void LayoutsOfDigits_ResembleEachOtherForEverySeed()
    {
        // Umap-learn 0.5.3 comes to .192: umap.UMAP(n_neighbors=20, min_dist=0, random_state=seed).fit_transform(load_digits().data) for
        // seeds 0 to 4, and the median of scipy.spatial.procrustes(a, b)[2] over their pairs. Here it is .065, and was .446 with
        // eigenvectors to 5e-3.
        double[] disparities = [.. Pairs(LayoutsOfDigits(epochs: null)).Select(pair => Disparity(pair.First, pair.Second)).Order()];
        Assert.InRange(disparities[disparities.Length / 2], 0, 0.10);
    }

    [Fact]
    public void AStartThatDoesNotConverge_EndsAndWarns()
    {
        // Half a million rows in a ring: neighboring eigenvalues differ by 1e-10, which no practical number of rounds separates.
        const int RowCount = 500_000;
        var (_, rounds, isConverged) = LaplacianEigenmap.Compute(UmapTests.Ring(RowCount), 2, seed: 0, Execution.Default);
        Assert.Equal(12, rounds);
        Assert.False(isConverged);

        var line = Matrix.Own([.. Enumerable.Range(0, 4000).Select(row => row / 4f)], 1);
        var warnings = new List<string>();
        new UmapOptions { Dimension = 2, NeighborCount = 3, Epochs = 1 }.Fit(line, new Execution { Warn = warnings.Add });
        Assert.Contains(warnings, warning => warning.Contains("did not converge within 40 rounds", StringComparison.Ordinal));
    }

    [Fact]
    public void AStartFromACoarserGraph_FindsTheSameEigenvectors_InFewerRounds()
    {
        const int Count = 4;
        var options = new UmapOptions();
        var rows = RandomRows.Uniform(12_000, 3);
        var neighbors = NeighborSearch.Find(rows, options.NeighborCount - 1, options.Distance, Execution.Default);
        var graph = FuzzySimplicialSet.Build(neighbors, options, Execution.Default);
        var (direct, directRounds, _) = LaplacianEigenmap.Solve(graph, Count, seed: 0, coarsestRows: 12_000, Execution.Default);
        var solutions = new[] { 1, 3 }.Select(threads =>
            LaplacianEigenmap.Solve(graph, Count, seed: 0, coarsestRows: 3000, new Execution { ThreadCount = threads })).ToArray();
        Assert.Equal(solutions[0].Block.Columns(Count), solutions[1].Block.Columns(Count));
        Assert.InRange(solutions[0].Rounds, 0, directRounds);
        Assert.InRange(solutions[0].Error, 0, 0.01);

        // Both span the same space: the squared cosines of the angles between them sum to its dimension.
        var (x, y) = (direct.Columns(Count), solutions[0].Block.Columns(Count));
        var sum = 0.0;
        for (var place = 0; place < Count * Count; place++)
        {
            var (i, j) = Math.DivRem(place, Count);
            var cosine = Enumerable.Range(0, graph.RowCount).Sum(row => (double)x[(row * Count) + i] * y[(row * Count) + j]);
            sum += cosine * cosine;
        }

        Assert.Equal(Count, sum, 0.02);
    }

    [Fact]
    public void AStart_ReportsItsRounds()
    {
        var lines = new List<string>();
        new UmapOptions
        { Dimension = 2, Epochs = 0 }.Fit(Digits, new Execution { Explain = lines.Add, Warn = _ => Assert.Fail("Digits converge.") });
        Assert.Contains(lines, line => line.Contains("rounds of filtering", StringComparison.Ordinal));
    }

    private static List<Matrix> LayoutsOfDigits(int? epochs) =>
        [.. Enumerable.Range(
            0, 5).Select(seed => new UmapOptions { Dimension = 2, Epochs = epochs, Seed = seed }.Fit(Digits, Execution.Default).Layout)];

    private static IEnumerable<(Matrix First, Matrix Second)> Pairs(List<Matrix> layouts) =>
        layouts.SelectMany((first, place) => layouts.Skip(place + 1).Select(second => (first, second)));

    /// <summary>scipy.spatial.procrustes' third value, of layouts in the plane: what the best shift, scale and turn leave, of 1.</summary>
    private static double Disparity(Matrix first, Matrix second)
    {
        var (x, y) = (Unit(first), Unit(second));
        var product = new double[4];
        for (var row = 0; row < first.RowCount; row++)
        {
            for (var entry = 0; entry < 4; entry++)
            {
                product[entry] += x[(2 * row) + (entry / 2)] * y[(2 * row) + (entry % 2)];
            }
        }

        // Of a 2 x 2 matrix, the square of the sum of its singular values.
        return 1 - product.Sum(value => value * value) - (2 * Math.Abs((product[0] * product[3]) - (product[1] * product[2])));
    }

    private static double[] Unit(Matrix layout)
    {
        double[] values = [.. layout.Values.ToArray().Select(value => (double)value)];
        double[] means = [.. Enumerable.Range(0, 2).Select(axis => values.Where((_, place) => place % 2 == axis).Average())];
        values = [.. values.Select((value, place) => value - means[place % 2])];
        var norm = Math.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / norm)];
    }
}
