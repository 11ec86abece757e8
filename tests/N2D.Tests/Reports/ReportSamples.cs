using System.Text;
using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Reports;

namespace N2D.Tests.Reports;

/// <summary>Clusterings for reports, and their pages.</summary>
internal static class ReportSamples
{
    /// <summary>Texts that would become markup or code if they were not escaped.</summary>
    public static readonly string[] Hostile =
        ["</script><script>window.hacked = 1</script>", "\" onload=\"window.hacked = 1", "<img src=x onerror='window.hacked = 1'>"];

    /// <summary>Clusters three separate blobs.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="classNames">The names of the classes, which are the blobs; null for no labels.</param>
    /// <param name="columnNames">The names of the columns; null for two columns.</param>
    /// <param name="idOf">Returns the id of a row; null for no ids.</param>
    /// <param name="clusterCount">The number of clusters.</param>
    public static ClusterResult Blobs(
        int rowCount = 300,
        string[]? classNames = null,
        string[]? columnNames = null,
        Func<int, string>? idOf = null,
        int clusterCount = 3)
    {
        var (rows, blobs) = RandomRows.Blobs(rowCount, columnNames?.Length ?? 2, 3, 0.4f);
        var labels = classNames is null ? null : new Labels(blobs, classNames);
        return Clustered(new Dataset("blobs", rows, labels, columnNames ?? ["first", "second"])
            .WithIds(idOf is null ? null : [.. Enumerable.Range(0, rowCount).Select(idOf)], "id", null), clusterCount);
    }

    /// <summary>Clusters a column of numbers.</summary>
    /// <param name="values">The values.</param>
    /// <param name="offset">The number that was subtracted from each.</param>
    public static ClusterResult Column(IEnumerable<float> values, double offset = 0) => Clustered(Dataset.FromArray(
        "numbers", Matrix.Own([.. values], 1), null, ["number"], null, "", [offset], Execution.Default));

    /// <summary>Clusters blobs whose every text is hostile.</summary>
    public static ClusterResult HostileBlobs() =>
        Blobs(90, Hostile, [Hostile[0], Hostile[2]], row => Hostile[row % 3] + row).WithClusterNames(Hostile);

    /// <summary>The page of a clustering.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="options">The options; null for the defaults.</param>
    public static string PageOf(ClusterResult result, ReportOptions? options = null)
    {
        using var stream = new MemoryStream();
        ClusterReport.Of([result], options ?? new ReportOptions(), Execution.Default).Write(stream);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static ClusterResult Clustered(Dataset dataset, int clusterCount = 3) => ClusterResult.Create(
        dataset, KMeans.Fit(dataset.GetRows(), new KMeansOptions(clusterCount), Execution.Default), Execution.Default);
}
