using System.Runtime.Intrinsics;
using N2D.Clustering;
using N2D.Numerics;

namespace N2D.Tests.Clustering;

/// <summary>Mixtures of wide rows, whose steps are matrix products.</summary>
public sealed class WideMixtureTests
{
    private const int ClusterCount = 3;

    // Dimensions with every remainder of a micro-tile, and clusters from close to clear.
    [Theory]
    [InlineData(CovarianceKind.Full, 33, 0.3)]
    [InlineData(CovarianceKind.Full, 50, 0.1)]
    [InlineData(CovarianceKind.Full, 71, 3)]
    [InlineData(CovarianceKind.Tied, 36, 0.3)]
    public void AnIteration_IsThatOfPlainLoops(CovarianceKind kind, int dimension, double distance)
    {
        var (rows, mixture) = Start(400, dimension, distance, kind);
        var responsibilities = new float[ClusterCount * rows.RowCount];
        var likelihood = ExpectationStep.Run(
            rows, null, mixture, responsibilities, [], Execution.Default);

        var expected = Enumerable.Range(0, rows.RowCount).Select(row => LogDensities(rows.Row(row), mixture)).ToArray();
        Assert.Equal(expected.Average(LogOfSum), likelihood, 1e-8);
        for (var row = 0; row < rows.RowCount; row++)
        {
            for (var cluster = 0; cluster < ClusterCount; cluster++)
            {
                var share = Math.Exp(expected[row][cluster] - LogOfSum(expected[row]));
                Assert.Equal(share, responsibilities[(cluster * rows.RowCount) + row], 1e-6);
            }
        }

        new MaximizationStep(rows, 1e-6).Run(responsibilities, mixture, Execution.Default);
        var tied = new double[dimension * dimension];
        for (var cluster = 0; cluster < ClusterCount; cluster++)
        {
            var weights = responsibilities.AsSpan(cluster * rows.RowCount, rows.RowCount).ToArray();
            var total = weights.Sum(weight => (double)weight);
            var mean = Enumerable.Range(0, dimension)
                .Select(column => weights.Select((weight, row) => (double)weight * rows[row, column]).Sum() / total).ToArray();
            Assert.All(mean.Zip(mixture.Mean(cluster).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            for (var i = 0; i < dimension; i++)
            {
                for (var j = 0; j < dimension; j++)
                {
                    var scatter = weights.Select((weight, row) => weight * (rows[row, i] - mean[i]) * (rows[row, j] - mean[j])).Sum();
                    tied[(i * dimension) + j] += scatter / rows.RowCount;
                    if (kind == CovarianceKind.Full)
                    {
                        var value = (scatter / total) + (i == j ? 1e-6 : 0);
                        Assert.Equal(value, mixture.Covariances[cluster][(i * dimension) + j], 1e-9);
                    }
                }
            }
        }

        if (kind == CovarianceKind.Tied)
        {
            var regularized = tied.Select((value, place) => value + (place % (dimension + 1) == 0 ? 1e-6 : 0));
            Assert.All(regularized.Zip(mixture.Covariances[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Theory]
    [InlineData(CovarianceKind.Full)]
    [InlineData(CovarianceKind.Tied)]
    public void SameBytes_ForAnyThreadCount(CovarianceKind kind)
    {
        // So many rows that all threads work on one start.
        var rows = Start(1000, 130, 0.5, kind).Rows;
        var options = new GaussianMixtureOptions(2) { CovarianceKind = kind, StartCount = 1, CandidateCount = 2, MaxIterations = 5 };
        var fits = new[] { 1, 2, 7 }.Select(count => GaussianMixture.Fit(rows, options, new Execution { ThreadCount = count })).ToArray();
        Assert.All(fits, fit =>
        {
            Assert.Equal(fits[0].LogLikelihood, fit.LogLikelihood);
            Assert.True(fits[0].GetCovariance(1).SequenceEqual(fit.GetCovariance(1)));
        });
    }

    [Fact]
    public void GaussiansGivenUp_ChangeNoResponsibility()
    {
        // With distances, all of them are computed.
        var (rows, mixture) = Start(500, 60, 1.5, CovarianceKind.Full);
        var (some, all) = (new float[ClusterCount * rows.RowCount], new float[ClusterCount * rows.RowCount]);
        var distances = new float[rows.RowCount];
        var likelihood = ExpectationStep.Run(rows, null, mixture, some, [], Execution.Default);
        Assert.Equal(likelihood, ExpectationStep.Run(rows, null, mixture, all, distances, Execution.Default));
        Assert.Equal(all, some);
        Assert.Contains(0, some);
        Assert.All(
            Enumerable.Range(0, rows.RowCount),
            row => Assert.Equal(
                Math.Sqrt(Enumerable.Range(0, ClusterCount).Min(cluster => Square(rows.Row(row), mixture, cluster))),
                distances[row],
                1e-4));
    }

    [Theory]
    [InlineData(CovarianceKind.Full, 32)]
    [InlineData(CovarianceKind.Full, 3)]
    [InlineData(CovarianceKind.Diagonal, 40)]
    public void NarrowDistances_AreTheSame_ForEveryVectorWidth(CovarianceKind kind, int dimension)
    {
        // The last block is not full. Widths that the processor does not have are emulated.
        var (rows, mixture) = Start(300, dimension, 1.5, kind);
        var blocks = ColumnBlocks.Of(rows, Execution.Default);
        var distances = new NarrowDistances(blocks, mixture);
        foreach (var start in new[] { 0, (rows.RowCount - 1) / blocks.BlockSize * blocks.BlockSize })
        {
            var count = Math.Min(blocks.BlockSize, rows.RowCount - start);
            var expected = Squares(squares => distances.Compute(start, count, true, squares, new double[distances.ScratchLength], default));
            Assert.Equal(expected, Squares(squares => distances.Compute<Width128<double>, Vector128<double>>(
                start, count, squares, new double[distances.ScratchLength], default)));
            Assert.Equal(expected, Squares(squares => distances.Compute<Width256<double>, Vector256<double>>(
                start, count, squares, new double[distances.ScratchLength], default)));
            Assert.Equal(expected, Squares(squares => distances.Compute<Width512<double>, Vector512<double>>(
                start, count, squares, new double[distances.ScratchLength], default)));
        }

        double[] Squares(Action<double[]> compute)
        {
            var squares = new double[ClusterCount * blocks.BlockSize];
            compute(squares);
            return squares;
        }
    }

    /// <summary>Rows of three clusters, and the mixture of clusters that are partly wrong.</summary>
    private static (Matrix Rows, MixtureParameters Mixture) Start(int rowCount, int dimension, double distance, CovarianceKind kind)
    {
        var random = new RandomSequence(1, RandomPurpose.Sampling);
        var values = new float[rowCount * dimension];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = (float)(random.NextGaussian() + (distance * (place / dimension % ClusterCount)));
        }

        var rows = Matrix.Own(values, dimension);
        int[] clusters = [.. Enumerable.Range(0, rowCount).Select(row => row % 20 == 0 ? 0 : row % ClusterCount)];
        var options = new GaussianMixtureOptions(ClusterCount) { CovarianceKind = kind };
        var estimation = new ExpectationMaximization(rows, ColumnBlocks.Of(rows, Execution.Default), options);
        return (rows, estimation.FromClusters(clusters, new float[ClusterCount * dimension], Execution.Default));
    }

    private static double[] LogDensities(ReadOnlySpan<float> row, MixtureParameters mixture)
    {
        var densities = new double[ClusterCount];
        for (var cluster = 0; cluster < ClusterCount; cluster++)
        {
            densities[cluster] = mixture.LogFactors[cluster] - (0.5 * Square(row, mixture, cluster));
        }

        return densities;
    }

    private static double Square(ReadOnlySpan<float> row, MixtureParameters mixture, int cluster)
    {
        var mean = mixture.Mean(cluster);
        var factor = mixture.PrecisionFactors[cluster];
        var square = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j <= i; j++)
            {
                sum += factor[(i * mixture.FactorStride) + j] * (row[j] - mean[j]);
            }

            square += sum * sum;
        }

        return square;
    }

    private static double LogOfSum(double[] logarithms) =>
        logarithms.Max() + Math.Log(logarithms.Sum(value => Math.Exp(value - logarithms.Max())));
}
