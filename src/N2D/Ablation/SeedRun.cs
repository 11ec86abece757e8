using System.Runtime.InteropServices;
using N2D.Models;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.Ablation;

/// <summary>Runs the methods of a comparison with one seed. Shared steps run once, when the first method requires them.</summary>
/// <param name="input">The rows.</param>
/// <param name="options">The comparison.</param>
/// <param name="seed">The seed.</param>
/// <param name="codes">The codes of the autoencoders.</param>
/// <param name="progress">The progress of the comparison.</param>
/// <param name="silhouette">Computes the silhouettes of clusterings.</param>
internal sealed class SeedRun(
    Embedding input, AblationOptions options, int seed, SeedCodes codes, AblationProgress progress, CommonSilhouette silhouette)
{
    private readonly Dictionary<AblationStep, int> _users =
        options.Methods.SelectMany(AblationStep.Of).CountBy(step => step).ToDictionary();
    private readonly Dictionary<AblationStep, Outcome> _outcomes = [];

    /// <summary>Runs and scores a method. If a step fails, the score has the reason.</summary>
    /// <param name="method">A method of the comparison.</param>
    public MethodScore Run(AblationMethod method)
    {
        var (own, shared) = (0.0, 0.0);
        Outcome? last = null;
        foreach (var step in AblationStep.Of(method))
        {
            last = OutcomeOf(step, method);
            if (last.Error is not null)
            {
                break;
            }

            (own, shared) = _users[step] > 1 ? (own, shared + last.Seconds) : (own + last.Seconds, shared);
        }

        return new MethodScore(input.Dataset, method, options.ClusterCount, seed, last!.Clusters)
        {
            Silhouette = last.Silhouette,
            OwnSeconds = own,
            SharedSeconds = shared,
            Error = last.Error,
            Failure = last.Failure,
            Input = last.Error is null ? RowsOf(method.Representation, null) : null,
        };
    }

    private Outcome OutcomeOf(AblationStep step, AblationMethod method)
    {
        if (!_outcomes.TryGetValue(step, out var outcome))
        {
            try
            {
                outcome = progress.Run(step, NameOf(step, method), execution => Do(step, execution));
            }
            catch (Exception error) when (error is N2DException or OutOfMemoryException or ExternalException)
            {
                // Errors of libtorch are of type ExternalException.
                var message = error is N2DException known ? progress.MessageOf(known) : error.Message;
                outcome = new Outcome { Error = message, Failure = error as N2DException };
                progress.Explain($"{NameOf(step, method)} failed: {message}");
            }

            _outcomes[step] = outcome;
        }

        return outcome;
    }

    private string NameOf(AblationStep step, AblationMethod method)
    {
        var representation = step.Representation == Representation.Raw ? "raw rows" : "codes";
        var name = step.Kind switch
        {
            AblationStepKind.Autoencoder => "Autoencoder",
            AblationStepKind.Neighbors => $"Neighbors of {representation}",
            AblationStepKind.Manifold => $"{step.Manifold} of {representation}",
            _ => method.Name,
        };
        return $"{name}, seed {seed}";
    }

    private Outcome Do(AblationStep step, Execution execution) => step.Kind switch
    {
        AblationStepKind.Autoencoder => Train(execution),
        AblationStepKind.Neighbors => new Outcome { Seconds = FindNeighbors(step.Representation, execution) },
        AblationStepKind.Manifold => LayOut(step.Manifold!.Value, RowsOf(step.Representation, null), execution),
        _ => Cluster(RowsOf(step.Representation, step.Manifold), step, execution),
    };

    private Outcome Train(Execution execution) => Embedded(codes.Of(seed, execution));

    private Outcome LayOut(ManifoldMethod manifold, Embedding rows, Execution execution) =>
        Embedded(N2DPipeline.LayOut(rows, ManifoldFit.Options(manifold, options, seed, rows.Dimension), execution));

    /// <summary>
    /// Finds the neighbors that the methods require of a representation's rows. A method that requires more neighbors than there are rows
    /// fails later, with its own error.
    /// </summary>
    private double FindNeighbors(Representation representation, Execution execution)
    {
        var rows = RowsOf(representation, null).GetRows(execution);
        int[] counts =
        [
            .. options.Methods.Where(method => method.Representation == representation && method.NeedsNeighbors)
                .Select(method => method.Manifold is { } manifold
                    ? ManifoldFit.Options(manifold, options, seed, rows.ColumnCount).NeighborCountFor(rows.RowCount)
                    : options.SpectralNeighborCount)
                .Where(count => count < rows.RowCount),
        ];
        return counts.Length == 0 ? 0 : NeighborSearch.FindAhead(rows, counts, new RowDistance(), execution);
    }

    private Outcome Cluster(Embedding rows, AblationStep step, Execution execution)
    {
        var clusters = N2DPipeline.Cluster(rows, options.ClustererFor(step.Clusterer!.Value, seed), execution);
        return new Outcome { Clusters = clusters, Silhouette = silhouette.Of(clusters, execution), Seconds = clusters.ClusterSeconds };
    }

    private Embedding RowsOf(Representation representation, ManifoldMethod? manifold) =>
        manifold is not null ? _outcomes[new AblationStep(AblationStepKind.Manifold, representation, manifold)].Rows!
        : representation == Representation.Autoencoder ? _outcomes[new AblationStep(AblationStepKind.Autoencoder, representation)].Rows!
        : input;

    private static Outcome Embedded(Embedding rows) => new() { Rows = rows, Seconds = rows.GetStages()[^1].Seconds };

    /// <summary>The result of a step.</summary>
    private sealed record Outcome
    {
        /// <summary>The output rows; null for neighbors, which are cached with the rows, and for clusters.</summary>
        public Embedding? Rows { get; init; }

        /// <summary>The clusters; null for other steps.</summary>
        public ClusterResult? Clusters { get; init; }

        /// <summary>The silhouette of the clusters on the input rows of the comparison.</summary>
        public double? Silhouette { get; init; }

        /// <summary>Seconds of the step, without scores.</summary>
        public double Seconds { get; init; }

        /// <summary>The message of the error; null if the step succeeded.</summary>
        public string? Error { get; init; }

        /// <summary>The error, if it is one of the library.</summary>
        public N2DException? Failure { get; init; }
    }
}
