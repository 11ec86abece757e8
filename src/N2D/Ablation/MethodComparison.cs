using N2D.Pipeline;

namespace N2D.Ablation;

/// <summary>
/// Runs the ablation study of N2D (McConville et al., 2020, section IV): compares N2D on the same rows with methods that omit or replace
/// one of its parts.
/// </summary>
public static class MethodComparison
{
    /// <summary>
    /// Runs the methods with each seed. On the processor, the result of each method is the same, bit for bit, as that of its stages run
    /// separately. Common steps (the autoencoder, the neighbors of its codes and of the raw rows, each manifold) are computed once. On an
    /// NVIDIA GPU, the autoencoders of all seeds train together if they can (<see cref="Autoencoders.AutoencoderSeeds"/>). If a method
    /// fails, its score has the reason, and the others continue.
    /// </summary>
    /// <param name="input">The rows: a data set, scaled or not.</param>
    /// <param name="options">What to compare.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>A score for each seed and method. Each is computed when it is enumerated.</returns>
    /// <exception cref="N2DException">
    /// The options are invalid, in general or for these rows (see <see cref="AblationOptions"/>).
    /// </exception>
    public static IEnumerable<MethodScore> Run(Embedding input, AblationOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.ThrowIfUnusable();
        options.ThrowIfUnfit(input);
        return Scores(input, options, execution);
    }

    private static IEnumerable<MethodScore> Scores(Embedding input, AblationOptions options, Execution execution)
    {
        var progress = new AblationProgress(options, new StepCosts(input.RowCount, input.Dimension, options), execution);
        var silhouette = new CommonSilhouette(input);
        var codes = new SeedCodes(input, options);
        progress.Explain(PlanOf(options));
        foreach (var seed in options.Seeds)
        {
            var run = new SeedRun(input, options, seed, codes, progress, silhouette);
            foreach (var method in options.Methods)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                var score = run.Run(method);
                progress.Settle(method);
                yield return score;
            }

            progress.EndSeed();
        }
    }

    /// <summary>Describes the steps of the comparison.</summary>
    private static string PlanOf(AblationOptions options)
    {
        var steps = options.Methods.SelectMany(AblationStep.Of).Distinct().CountBy(step => step.Kind).ToDictionary();
        return $"Methods: {options.Methods.Count}, seeds: {options.Seeds.Count}. For each seed: autoencoders "
            + $"{Count(AblationStepKind.Autoencoder)}, searches for neighbors "
            + $"{Count(AblationStepKind.Neighbors)}, manifolds {Count(AblationStepKind.Manifold)}, clusterings "
            + $"{Count(AblationStepKind.Clusters)}.";

        int Count(AblationStepKind kind) => steps.GetValueOrDefault(kind);
    }
}
