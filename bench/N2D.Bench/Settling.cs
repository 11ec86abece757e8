using System.Globalization;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Pipeline;

namespace N2D.Bench;

/// <summary>
/// Trains the autoencoder for all epochs, and shows what <see cref="AutoencoderOptions.StopsWhenSettled"/> stops by: the loss and the
/// preserved neighbors after each measured epoch, and the scores of UMAP and a mixture on its codes, which the rule does not know.
/// </summary>
internal sealed class Settling
{
    /// <summary>Data sets by name and path, such as <c>Har=~/data/har.zip</c>.</summary>
    public required string[] Sources { get; init; }

    /// <summary>The seeds.</summary>
    public required int[] Seeds { get; init; }

    /// <summary>The epoch to end after; null for the default number.</summary>
    public required int? Epochs { get; init; }

    /// <summary>The CSV file to append a row to for each measured epoch.</summary>
    public required string ResultPath { get; init; }

    /// <summary>Runs all trainings.</summary>
    public int Run()
    {
        if (!File.Exists(ResultPath))
        {
            File.WriteAllText(ResultPath, "Dataset,Seed,Epoch,Loss,Preserved,Gain,Acc,Nmi\n");
        }

        foreach (var (name, data) in Sources.Select(SourceData.Read))
        {
            foreach (var seed in Seeds)
            {
                Train(name, data, seed);
            }
        }

        return 0;
    }

    private void Train(string name, Embedding data, int seed)
    {
        var (rows, classes) = (data.GetRows(), data.ClassCount!.Value);
        var options = new AutoencoderOptions { LatentDimension = classes, Seed = seed, StopsWhenSettled = true };
        var budget = new TrainingBudget(options, rows.RowCount);
        var trainingRows = new TrainingRows(rows, options);
        using var trainer = new DenseTrainer(
            trainingRows, new NetworkPlan(options, rows.ColumnCount, null).Dense!, options, Execution.Default);
        var preservation = new NeighborhoodPreservation(rows, classes, Execution.Default);
        var measured = new List<PreservedNeighbors>();
        for (var epoch = 1; epoch <= Math.Min(Epochs ?? int.MaxValue, budget.MaxEpochs); epoch++)
        {
            var loss = Train(trainer, trainingRows, epoch - 1);
            if (!budget.IsMeasured(epoch) || preservation.Of(trainer.Network) is not { } share)
            {
                continue;
            }

            measured.Add(new PreservedNeighbors(epoch, share));
            var (acc, nmi) = Score(data, NetworkPass.Run(trainer.Network.Encode, rows, classes, Execution.Default), seed);
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{name},{seed},{epoch},{loss:G4},{share:F4},{TrainingBudget.GainOf(measured):F4},{acc:F4},{nmi:F4}");
            File.AppendAllText(ResultPath, line + "\n");
            Console.WriteLine(line);
        }
    }

    private static double Train(DenseTrainer trainer, TrainingRows rows, int epoch)
    {
        var order = rows.OrderOf(epoch).Span;
        trainer.ResetSquaredErrors();
        for (var start = 0; start < order.Length; start += rows.BatchSize)
        {
            trainer.Step(order.Slice(start, Math.Min(rows.BatchSize, order.Length - start)), epoch, 1);
        }

        return trainer.SquaredErrors / ((double)order.Length * rows.All.ColumnCount);
    }

    private static (double Acc, double Nmi) Score(Embedding data, Numerics.Matrix codes, int seed)
    {
        var labels = data.GetLabels()!.Codes;
        var classes = data.ClassCount!.Value;
        var layout = new UmapOptions { Dimension = classes, Seed = seed }.Fit(codes, Execution.Default).Layout;
        var mixture = GaussianMixture.Fit(layout, new GaussianMixtureOptions(classes) { Seed = seed }, Execution.Default);
        var clusters = mixture.Predict(layout, Execution.Default).Assignments;
        return (ClusteringAccuracy.Compute(labels, clusters).Value, NormalizedMutualInformation.Compute(labels, clusters));
    }
}
