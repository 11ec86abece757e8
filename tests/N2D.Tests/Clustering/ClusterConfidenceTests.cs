using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Clustering;

/// <summary>The confidence of rows, from their distances to the centers of clusters.</summary>
public sealed class ClusterConfidenceTests
{
    private static readonly ClusterConfidence Measure = new([[0, 0], [4, 0], [100, 100]]);

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(2, 7, 0, 0.5)]
    [InlineData(1, 0, 0, 17.0 / 18)]
    [InlineData(3, 0, 0, 1.0 / 18)]
    [InlineData(4, 0, 0, 0)]
    [InlineData(4, 0, 1, 1)]
    public void Value_IsTheSimplifiedSilhouetteOfSquaredDistances(float x, float y, int cluster, double expected) =>
        Assert.Equal(expected, Measure.Of([x, y], cluster), 1e-6);

    [Fact]
    public void SingleCluster_HasConfidenceOne() => Assert.Equal(1, new ClusterConfidence([[0, 0]]).Of([3, 4], 0));

    [Fact]
    public void EqualCenters_GiveOneHalf() => Assert.Equal(0.5f, new ClusterConfidence([[1, 1], [1, 1]]).Of([1, 1], 0));

    [Fact]
    public void Confidence_IsHighestInTheCenters_AndLowAtTheBoundary()
    {
        // Two groups around (0, 0) and (10, 0), and a row between them.
        var rows = TwoGroups();
        foreach (var options in new ClustererOptions[] { new GaussianMixtureOptions(2), new KMeansOptions(2), new AgglomerativeOptions(2) })
        {
            var assignments = ResultOf(rows, options).EnumerateAssignments().ToArray();
            Assert.All(assignments[..^1], assignment => Assert.InRange(assignment.Confidence!.Value, 0.95f, 1));
            Assert.InRange(assignments[^1].Confidence!.Value, 0.4f, 0.65f);
        }
    }

    [Fact]
    public void ClustersOfAnyShape_HaveNoConfidence()
    {
        var rows = TwoGroups();
        foreach (var options in new ClustererOptions[] { new HdbscanOptions(), new SpectralOptions(2) })
        {
            Assert.All(ResultOf(rows, options).EnumerateAssignments(), assignment => Assert.Null(assignment.Confidence));
        }
    }

    [Fact]
    public void Confidence_DoesNotDependOnShiftsAndScale()
    {
        // Powers of two change no bit of the distances' ratios; the shift is exact for these values.
        var rows = TwoGroups();
        var moved = Matrix.Own([.. rows.Values.ToArray().Select(value => (value * 4) + 64)], 2);
        var options = new KMeansOptions(2);
        Assert.All(
            ResultOf(rows, options).EnumerateAssignments().Zip(ResultOf(moved, options).EnumerateAssignments()),
            pair => Assert.Equal(pair.First.Confidence!.Value, pair.Second.Confidence!.Value, 1e-5f));
    }

    private static Matrix TwoGroups()
    {
        var values = new List<float>();
        for (var row = 0; row < 40; row++)
        {
            values.AddRange([(row % 2 * 10) + (row % 5 * 0.25f), row % 7 * 0.25f]);
        }

        return Matrix.Own([.. values, 5.5f, 0.75f], 2);
    }

    private static ClusterResult ResultOf(Matrix rows, ClustererOptions options)
    {
        var embedding = new Dataset("groups", rows);
        return ClusterResult.Create(embedding, options.Fit(embedding, Execution.Default), Execution.Default);
    }
}
