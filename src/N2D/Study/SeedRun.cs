using System.Runtime.InteropServices;
using N2D.Models;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.Study;

/// <summary>The methods of a study at work with one seed: what several of them need is done once, when the first of them needs it.</summary>
/// <param name="input">The rows.</param>
/// <param name="options">The study.</param>
/// <param name="seed">The seed.</param>
/// <param name="progress">How far the study is.</param>
/// <param name="silhouette">Scores clusterings without labels.</param>
internal sealed class SeedRun(Embedding input, StudyOptions options, int seed, StudyProgress progress, CommonSilhouette silhouette)
{
    private readonly Dictionary<StudyStep, int> _users = options.Methods.SelectMany(StudyStep.Of).CountBy(step => step).ToDictionary();
    private readonly Dictionary<StudyStep, Outcome> _outcomes = [];

    /// <summary>Runs a method, and scores it. Where a step fails, so does the method, and that is all.</summary>
    /// <param name="method">One of the study's.</param>
    public MethodScore Run(StudyMethod method)
    {
        var (own, shared) = (0.0, 0.0);
        Outcome? last = null;
        foreach (var step in StudyStep.Of(method))
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
            Input = last.Error is null ? RowsOf(method.Representation, null) : null,
        };
    }

    private Outcome OutcomeOf(StudyStep step, StudyMethod method)
    {
        if (!_outcomes.TryGetValue(step, out var outcome))
        {
            try
            {
                outcome = progress.Run(step, NameOf(step, method), execution => Do(step, execution));
            }
            catch (Exception error) when (error is N2DException or OutOfMemoryException or ExternalException)
            {
                // libtorch's errors are external ones.
                outcome = new Outcome { Error = error.Message };
                progress.Explain($"{NameOf(step, method)} failed: {error.Message}");
            }

            _outcomes[step] = outcome;
        }

        return outcome;
    }

    private string NameOf(StudyStep step, StudyMethod method)
    {
        var representation = step.Representation == Representation.Raw ? "raw rows" : "codes";
        var name = step.Kind switch
        {
            StudyStepKind.Autoencoder => "Autoencoder",
            StudyStepKind.Neighbors => $"Neighbors of {representation}",
            StudyStepKind.Manifold => $"{step.Manifold} of {representation}",
            _ => method.Name,
        };
        return $"{name}, seed {seed}";
    }

    private Outcome Do(StudyStep step, Execution execution) => step.Kind switch
    {
        StudyStepKind.Autoencoder => Train(execution),
        StudyStepKind.Neighbors => new Outcome { Seconds = FindNeighbors(step.Representation, execution) },
        StudyStepKind.Manifold => LayOut(step.Manifold!.Value, RowsOf(step.Representation, null), execution),
        _ => Cluster(RowsOf(step.Representation, step.Manifold), step, execution),
    };

    private Outcome Train(Execution execution)
    {
        return Embedded(N2DPipeline.Encode(input, options.PipelineFor(seed).Autoencoder, execution, options.Checkpoint));
    }

    private Outcome LayOut(ManifoldMethod manifold, Embedding rows, Execution execution) =>
        Embedded(N2DPipeline.LayOut(rows, ManifoldFit.Options(manifold, options, seed, rows.Dimension), execution));

    /// <summary>Finds the neighbors that the methods will ask for of a representation's rows; where there are too few rows for one, it is left to tell so itself.</summary>
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

    private Outcome Cluster(Embedding rows, StudyStep step, Execution execution)
    {
        var clusters = N2DPipeline.Cluster(rows, options.ClustererFor(step.Clusterer!.Value, seed), execution);
        return new Outcome { Clusters = clusters, Silhouette = silhouette.Of(clusters, execution), Seconds = clusters.ClusterSeconds };
    }

    private Embedding RowsOf(Representation representation, ManifoldMethod? manifold) =>
        manifold is not null ? _outcomes[new StudyStep(StudyStepKind.Manifold, representation, manifold)].Rows!
        : representation == Representation.Autoencoder ? _outcomes[new StudyStep(StudyStepKind.Autoencoder, representation)].Rows!
        : input;

    private static Outcome Embedded(Embedding rows) => new() { Rows = rows, Seconds = rows.GetStages()[^1].Seconds };

    /// <summary>What came of a step.</summary>
    private sealed record Outcome
    {
        /// <summary>What it made of the rows; null for neighbors, which are kept with the rows, and clusters.</summary>
        public Embedding? Rows { get; init; }

        /// <summary>The clusters that it found; null for the steps before.</summary>
        public ClusterResult? Clusters { get; init; }

        /// <summary>The silhouette of these among the rows of the study.</summary>
        public double? Silhouette { get; init; }

        /// <summary>Seconds that it took, without scores.</summary>
        public double Seconds { get; init; }

        /// <summary>Why it failed; null if it did not.</summary>
        public string? Error { get; init; }
    }
}
