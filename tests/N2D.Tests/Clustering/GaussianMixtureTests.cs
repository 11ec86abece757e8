using System.Runtime.InteropServices;
using N2D.Clustering;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>Mixtures compared with scikit-learn (Expected/mixture.py), and invariants.</summary>
public sealed class GaussianMixtureTests
{
    private static readonly Matrix Digits = Matrix.Own(
        MemoryMarshal.Cast<byte, float>(ReadFile("digits-umap.f32")).ToArray(),
        10);

    [Fact]
    public void EmbeddedDigits_AreAtLeastAsLikelyAsScikitLearnsBestOf20()
    {
        var expected = ExpectedValues.Load("mixture.json").GetProperty("EmbeddedBestOf20").GetDouble();
        var mixture = GaussianMixture.Fit(Digits, new GaussianMixtureOptions(10), Execution.Default);

        // 1e-3 is the tolerance at which both stop.
        Assert.InRange(mixture.LogLikelihood, expected - 1e-3, double.MaxValue);
    }

    [Fact]
    public void RawDigits_InFiveStarts_AreAtLeastAsLikelyAsScikitLearnsBestOf20()
    {
        // 64 columns, some constant, so that Gaussians of few rows are nearly flat, each start ends elsewhere and the best is partly
        // luck, by several units from seed to seed, in both implementations: what can be claimed is the mean over seeds.
        var expected = ExpectedValues.Load("mixture.json");
        var rows = Matrix.Own([.. ReadFile("digits.u8").Select(value => (float)value)], 64);
        var others = expected.GetProperty("RawBestOf20").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var own = others.Select((_, seed) =>
            GaussianMixture.Fit(rows, new GaussianMixtureOptions(10) { Seed = seed, StartCount = 5 }, Execution.Default).LogLikelihood);
        Assert.InRange(own.Average(), others.Average() - 1e-3, double.MaxValue);
    }

    [Fact]
    public void Candidates_MakeStartsBetter()
    {
        var options = new GaussianMixtureOptions(10) { StartCount = 40 };
        var screened = GaussianMixture.Fit(Digits, options, Execution.Default);
        var plain = GaussianMixture.Fit(Digits, options with { CandidateCount = 1 }, Execution.Default);
        Assert.True(screened.GetStarts().Average(start => start.LogLikelihood) > plain.GetStarts().Average(start => start.LogLikelihood));
    }

    [Fact]
    public void KnownMixture_IsRecovered()
    {
        var (rows, classes) = ThreeGaussians(6_000);
        var mixture = GaussianMixture.Fit(rows, new GaussianMixtureOptions(3) { StartCount = 5 }, Execution.Default);
        var prediction = mixture.Predict(rows, Execution.Default);

        // Drawn with weights 1/2, 1/3, 1/6 about (0, 0), (8, 0), (0, 8): numbered by size, and far enough apart to be told with ease.
        Assert.Equal(1, AdjustedRandIndex.Compute(classes, prediction.Assignments), 0.01);
        double[][] means = [[0, 0], [8, 0], [0, 8]];
        double[] weights = [1.0 / 2, 1.0 / 3, 1.0 / 6];
        for (var cluster = 0; cluster < 3; cluster++)
        {
            // Five standard errors: of a share of 6,000 rows, and of a mean or covariance of at least 1,000.
            Assert.Equal(weights[cluster], mixture.GetWeights()[cluster], 0.03);
            Assert.Equal(means[cluster][0], mixture.GetMean(cluster)[0], 0.2);
            Assert.Equal(means[cluster][1], mixture.GetMean(cluster)[1], 0.2);
            Assert.Equal(1, mixture.GetCovariance(cluster)[0], 0.25);
            Assert.Equal(0.5, mixture.GetCovariance(cluster)[1], 0.2);
            Assert.Equal(0.5, mixture.GetCovariance(cluster)[2], 0.2);
        }
    }

    [Fact]
    public void OneGaussian_IsTheMeanAndCovarianceOfTheRows()
    {
        var mixture = GaussianMixture.Fit(Digits, new GaussianMixtureOptions(1) { StartCount = 1 }, Execution.Default);
        for (var i = 0; i < 10; i++)
        {
            var mean = Enumerable.Range(0, Digits.RowCount).Average(row => (double)Digits[row, i]);
            Assert.Equal(mean, mixture.GetMean(0)[i], 1e-10);
            for (var j = 0; j < 10; j++)
            {
                var otherMean = Enumerable.Range(0, Digits.RowCount).Average(row => (double)Digits[row, j]);
                var covariance =
                    Enumerable.Range(0, Digits.RowCount).Average(row => (Digits[row, i] - mean) * (Digits[row, j] - otherMean));
                Assert.Equal(covariance + (i == j ? 1e-6 : 0), mixture.GetCovariance(0)[(i * 10) + j], 1e-10);
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Likelihood_NeverFalls(int clusterCount)
    {
        var options = new GaussianMixtureOptions(clusterCount) { Tolerance = 0, MaxIterations = 40, CovarianceRegularization = 0 };

        // Without clusters, a fit keeps improving. With clear ones, only rounding remains after a few iterations, which ends the fit.
        var rows = RandomRows.Uniform(2_000, 2);
        var blocks = ColumnBlocks.Of(rows, Execution.Default);
        var estimation = new ExpectationMaximization(rows, blocks, options);
        var likelihoods = new List<double>();
        var beginning = new MixtureInitialization(rows, blocks, options with { CandidateCount = 1 }).Draw(0, Execution.Default);
        estimation.Run(beginning, Execution.Default, (_, logLikelihood) => likelihoods.Add(logLikelihood));
        Assert.True(likelihoods.Count > 20);
        Assert.All(likelihoods.Zip(likelihoods.Skip(1)), pair => Assert.InRange(pair.Second, pair.First - 1e-9, double.MaxValue));
    }

    [Fact]
    public void BestStart_Wins()
    {
        var mixture = GaussianMixture.Fit(Digits, new GaussianMixtureOptions(8) { CandidateCount = 1 }, Execution.Default);
        Assert.Equal(20, mixture.GetStarts().Count);
        Assert.Equal(mixture.GetStarts().Max(start => start.LogLikelihood), mixture.LogLikelihood);
        Assert.True(mixture.GetStarts().Min(start => start.LogLikelihood) < mixture.LogLikelihood - 0.01);
        Assert.Equal(mixture.LogLikelihood, mixture.Predict(Digits, Execution.Default).LogLikelihood!.Value, 1e-12);
    }

    [Fact]
    public void SameSeed_SameBytes_ForAnyThreadCount()
    {
        // More rows than the sample that starts use.
        var (rows, _) = ThreeGaussians(7_000);
        var options = new GaussianMixtureOptions(4) { StartCount = 3, Seed = 7 };
        var one = GaussianMixture.Fit(rows, options, new Execution { ThreadCount = 1 });
        var two = GaussianMixture.Fit(rows, options, new Execution { ThreadCount = 2 });
        Assert.Equal(one.LogLikelihood, two.LogLikelihood);
        Assert.Equal(one.GetStarts(), two.GetStarts());
        Assert.True(one.GetCovariance(3).SequenceEqual(two.GetCovariance(3)));
        Assert.True(one.Predict(rows, new Execution { ThreadCount = 1 }).Probabilities.Values.SequenceEqual(
            two.Predict(rows, new Execution { ThreadCount = 2 }).Probabilities.Values));
    }

    [Fact]
    public void OtherSeed_OtherStarts()
    {
        var first = GaussianMixture.Fit(Digits, new GaussianMixtureOptions(8) { CandidateCount = 1, StartCount = 5 }, Execution.Default);
        var second =
            GaussianMixture.Fit(Digits, new GaussianMixtureOptions(8) { CandidateCount = 1, StartCount = 5, Seed = 1 }, Execution.Default);
        Assert.NotEqual(first.GetStarts(), second.GetStarts());
    }

    [Fact]
    public void MovedAndScaledRows_SameClusters()
    {
        // Powers of two and an offset that float32 holds exactly enough; the regularization scales with the square.
        var (rows, _) = ThreeGaussians(2_000);
        var moved = Matrix.Own([.. rows.Values.ToArray().Select(value => (4 * value) + 64)], 2);
        var options = new GaussianMixtureOptions(3) { StartCount = 4 };
        var expected = GaussianMixture.Fit(rows, options, Execution.Default).Predict(rows, Execution.Default);
        var actual = GaussianMixture.Fit(
            moved, options with { CovarianceRegularization = 16e-6 }, Execution.Default).Predict(moved, Execution.Default);
        Assert.Equal(1, AdjustedRandIndex.Compute(expected.Assignments, actual.Assignments), 1e-3);
        Assert.Equal(expected.LogLikelihood!.Value - Math.Log(16), actual.LogLikelihood!.Value, 1e-3);
    }

    [Fact]
    public void ShuffledRows_SameOptimum()
    {
        var order = Enumerable.Range(0, Digits.RowCount).ToArray();
        new RandomSequence(0, RandomPurpose.Shuffle).Shuffle<int>(order);
        var shuffled = Matrix.Own([.. order.SelectMany(row => Digits.Row(row).ToArray())], 10);
        var expected = GaussianMixture.Fit(Digits, new GaussianMixtureOptions(10), Execution.Default);
        var actual = GaussianMixture.Fit(shuffled, new GaussianMixtureOptions(10), Execution.Default);
        Assert.Equal(expected.LogLikelihood, actual.LogLikelihood, 1e-3);
    }

    [Fact]
    public void Clusters_AreNumberedBySize()
    {
        var mixture = GaussianMixture.Fit(Digits, new GaussianMixtureOptions(10) { StartCount = 2 }, Execution.Default);
        int[] sizes = [.. mixture.Predict(Digits, Execution.Default).Assignments.ToArray()
            .CountBy(cluster => cluster)
            .OrderBy(pair => pair.Key)
            .Select(pair => pair.Value)];
        Assert.Equal(sizes.OrderDescending(), sizes);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(40, 3)]
    [InlineData(40, 40)]
    [InlineData(300, 7)]
    public void DegenerateRows_NeverGiveNaN(int rowCount, int clusterCount)
    {
        // Two distinct points, a constant column and a repeated column: singular in several ways.
        var values = new float[rowCount * 4];
        for (var row = 0; row < rowCount; row++)
        {
            (values[row * 4], values[(row * 4) + 1], values[(row * 4) + 2], values[(row * 4) + 3]) =
                (row % 2, row % 2, 5, 1e6f * (row % 2));
        }

        var rows = Matrix.Own(values, 4);
        foreach (var regularization in new[] { 1e-6, 0 })
        {
            var options = new GaussianMixtureOptions(clusterCount) { StartCount = 2, CovarianceRegularization = regularization };
            var mixture = GaussianMixture.Fit(rows, options, Execution.Default);
            var prediction = mixture.Predict(rows, Execution.Default);
            Assert.True(double.IsFinite(mixture.LogLikelihood));
            for (var row = 0; row < rowCount; row++)
            {
                Assert.Equal(1, prediction.Probabilities.Row(row).ToArray().Sum(value => (double)value), 1e-5);
            }
        }
    }

    [Fact]
    public void AsManyClustersAsRows_PutEachRowAlone()
    {
        var rows = Matrix.Own([0, 10, 30, 70], 1);
        var mixture = GaussianMixture.Fit(rows, new GaussianMixtureOptions(4) { StartCount = 1 }, Execution.Default);
        Assert.Equal(4, mixture.Predict(rows, Execution.Default).Assignments.ToArray().Distinct().Count());
    }

    [Fact]
    public void FarRow_HasProbabilities()
    {
        var (rows, _) = ThreeGaussians(500);
        var mixture = GaussianMixture.Fit(rows, new GaussianMixtureOptions(3) { StartCount = 2 }, Execution.Default);
        var prediction = mixture.Predict(Matrix.Own([1e20f, -1e20f], 2), Execution.Default);
        Assert.Equal(1, prediction.Probabilities.Row(0).ToArray().Sum(), 1e-5);
    }

    [Fact]
    public void UnusableInput_IsRefusedByName()
    {
        var (rows, _) = ThreeGaussians(20);
        Assert.Equal("ClusterCountOutOfRange", IdOf(() => new GaussianMixtureOptions(0)));
        Assert.Equal("ClusterCountOutOfRange", IdOf(() => GaussianMixture.Fit(rows, new GaussianMixtureOptions(21), Execution.Default)));
        Assert.Equal(
            "NotFinite", IdOf(() => GaussianMixture.Fit(Matrix.Own([1, float.NaN], 1), new GaussianMixtureOptions(1), Execution.Default)));
        Assert.Equal(
            "ValuesTooLarge",
            IdOf(() => GaussianMixture.Fit(Matrix.Own([1e30f, -1e30f], 1), new GaussianMixtureOptions(2), Execution.Default)));
        Assert.Equal("StartCountOutOfRange", IdOf(() => new GaussianMixtureOptions(2) { StartCount = 0 }));
        Assert.Equal("ToleranceOutOfRange", IdOf(() => new GaussianMixtureOptions(2) { Tolerance = double.NaN }));
        var mixture = GaussianMixture.Fit(rows, new GaussianMixtureOptions(2) { StartCount = 1 }, Execution.Default);
        Assert.Equal("DimensionMismatch", IdOf(() => mixture.Predict(Matrix.Own([1, 2, 3], 3), Execution.Default)));
        Assert.Equal("NotFinite", IdOf(() => mixture.Predict(Matrix.Own([1, float.NaN], 2), Execution.Default)));
    }

    [Fact]
    public void Progress_MovesWithinAStart_OfManyRows()
    {
        // 200,000 rows: more than a start takes on one thread.
        var reports = new ReportList();
        var (rows, _) = ThreeGaussians(200_000);
        GaussianMixture.Fit(
            rows, new GaussianMixtureOptions(4) { StartCount = 2, MaxIterations = 4 }, new Execution { Progress = reports });
        Assert.Equal(reports.Order(), reports);
        Assert.True(reports.Count(fraction => fraction is > 0 and < 0.25) > 10);
        Assert.Contains(reports, fraction => fraction is > 0.25 and < 0.5);
        Assert.InRange(reports[^1], 0.75, 1);
    }

    [Fact]
    public void Progress_CountsStarts_OfFewRows()
    {
        var reports = new ReportList();
        var (rows, _) = ThreeGaussians(500);
        GaussianMixture.Fit(rows, new GaussianMixtureOptions(3) { StartCount = 5 }, new Execution { Progress = reports, ThreadCount = 3 });
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1], reports);
    }

    [Fact]
    public void StartsSideBySide_EndAsOneAfterTheOther()
    {
        // Few rows, so each thread runs its own starts. With up to six Gaussians for three groups, the starts find several optima.
        var (rows, _) = ThreeGaussians(300);
        var options = new GaussianMixtureOptions(new ClusterCountRange(1, 6)) { Seed = 3 };
        var one = GaussianMixture.Fit(rows, options, new Execution { ThreadCount = 1 });
        var four = GaussianMixture.Fit(rows, options, new Execution { ThreadCount = 4 });
        Assert.Equal(one.GetClusterCountCurve(), four.GetClusterCountCurve());
        Assert.Equal(one.GetStarts(), four.GetStarts());
        Assert.Equal(one.GetWeights(), four.GetWeights());
        Assert.True(one.GetCovariance(one.ClusterCount - 1).SequenceEqual(four.GetCovariance(one.ClusterCount - 1)));
    }

    // 2 clusters of 40 dimensions have 1721 parameters with full covariances, 901 with a tied one, and 161 with diagonal ones.
    [Theory]
    [InlineData(19, 10, CovarianceKind.Full, "Reduce the dimensions to 9 or fewer first (by PCA or UMAP), or set CovarianceKind to Diagonal.")]
    [InlineData(20, 10, CovarianceKind.Full, null)]
    [InlineData(9, 10, CovarianceKind.Tied, "Reduce the dimensions to 9 or fewer first (by PCA or UMAP), or set CovarianceKind to Diagonal.")]
    [InlineData(10, 10, CovarianceKind.Tied, null)]
    [InlineData(30, 40, CovarianceKind.Diagonal, null)]
    [InlineData(30, 40, CovarianceKind.Spherical, null)]
    [InlineData(1720, 40, CovarianceKind.Full, "to 32 or fewer first (by PCA or UMAP), or set CovarianceKind to Diagonal or Tied.")]
    [InlineData(1721, 40, CovarianceKind.Full, null)]
    [InlineData(900, 40, CovarianceKind.Full, "CovarianceKind to Diagonal.")]
    [InlineData(900, 40, CovarianceKind.Tied, "CovarianceKind to Diagonal.")]
    [InlineData(901, 40, CovarianceKind.Tied, null)]
    public void TooFewRows_AreWarnedOf(int rowCount, int dimension, CovarianceKind kind, string? remedy)
    {
        var warnings = new List<string>();
        var options = new GaussianMixtureOptions(2) { StartCount = 1, CovarianceKind = kind };
        GaussianMixture.Fit(RandomRows.Uniform(rowCount, dimension), options, new Execution { Warn = warnings.Add });
        var found = warnings.Where(warning => warning.StartsWith($"{rowCount} rows are too few for 2 clusters", StringComparison.Ordinal));
        if (remedy is null)
        {
            Assert.Empty(found);
        }
        else
        {
            Assert.EndsWith(remedy, Assert.Single(found), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EmptyClusters_AreWarnedOf()
    {
        var warnings = new List<string>();
        var rows = Matrix.Own([.. Enumerable.Repeat(1f, 50)], 1);
        GaussianMixture.Fit(rows, new GaussianMixtureOptions(2) { StartCount = 1 }, new Execution { Warn = warnings.Add });
        Assert.StartsWith("1 of 2 clusters is empty", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport()
    {
        var (rows, _) = ThreeGaussians(20_000);
        var options = new GaussianMixtureOptions(20) { StartCount = 1000, Tolerance = 0 };
        Cancellation.AssertEndsAt("start", execution => GaussianMixture.Fit(rows, options, execution));
    }

    private static byte[] ReadFile(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", name));

    private static string IdOf(Func<object> action) => Assert.Throws<N2DException>(action).Id;

    private sealed class ReportList : List<double>, IProgress<StageProgress>
    {
        public void Report(StageProgress value) => Add(value.Fraction);
    }

    private static (Matrix Rows, int[] Classes) ThreeGaussians(int rowCount)
    {
        var random = new RandomSequence(3, RandomPurpose.Sampling);
        var values = new float[2 * rowCount];
        var classes = new int[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            classes[row] = (row % 6) switch { < 3 => 0, < 5 => 1, _ => 2 };
            var (first, second) = (random.NextGaussian(), random.NextGaussian());
            values[2 * row] = (float)(first + (classes[row] == 1 ? 8 : 0));
            values[(2 * row) + 1] = (float)((0.5 * first) + (Math.Sqrt(0.75) * second) + (classes[row] == 2 ? 8 : 0));
        }

        return (Matrix.Own(values, 2), classes);
    }
}
