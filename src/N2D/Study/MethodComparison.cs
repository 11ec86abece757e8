using N2D.Pipeline;

namespace N2D.Study;

/// <summary>
/// The study of N2D (McConville et al., 2020, section IV): its method beside those that lack one of its parts, or have another, on the same rows.
/// </summary>
public static class MethodComparison
{
    /// <summary>
    /// Runs the methods, one after the other with each seed. Each comes to what its cmdlets come to when they are piped by hand, to the last bit; what several have in common
    /// (the autoencoder, the neighbors of its codes and of the raw rows, each manifold) is computed once. A method that fails is a row with the reason, and the others go on.
    /// </summary>
    /// <param name="input">The rows: a data set, scaled or not.</param>
    /// <param name="options">What to compare.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>A score a seed and method, each as soon as it is known: the work is done as they are asked for.</returns>
    /// <exception cref="N2DException">The options cannot be used, or the rows cannot be studied by them (see <see cref="StudyOptions"/>).</exception>
    public static IEnumerable<MethodScore> Run(Embedding input, StudyOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.ThrowIfUnusable();
        options.ThrowIfUnfit(input);
        return Scores(input, options, execution);
    }

    private static IEnumerable<MethodScore> Scores(Embedding input, StudyOptions options, Execution execution)
    {
        var progress = new StudyProgress(options, execution);
        var silhouette = new CommonSilhouette(input);
        progress.Explain(PlanOf(options));
        foreach (var seed in options.Seeds)
        {
            var run = new SeedRun(input, options, seed, progress, silhouette);
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

    /// <summary>What is to be done, and what is shared.</summary>
    private static string PlanOf(StudyOptions options)
    {
        var steps = options.Methods.SelectMany(StudyStep.Of).Distinct().CountBy(step => step.Kind).ToDictionary();
        return $"Methods: {options.Methods.Count}, seeds: {options.Seeds.Count}. For each seed: autoencoders {Count(StudyStepKind.Autoencoder)}, searches for neighbors "
            + $"{Count(StudyStepKind.Neighbors)}, manifolds {Count(StudyStepKind.Manifold)}, clusterings {Count(StudyStepKind.Clusters)}.";

        int Count(StudyStepKind kind) => steps.GetValueOrDefault(kind);
    }
}
