using N2D.Autoencoders;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.Ablation;

/// <summary>
/// The codes of the autoencoders of a comparison, one for each seed. Autoencoders that train together (<see cref="AutoencoderSeeds"/>) do
/// so when the first of them is required. Not thread-safe.
/// </summary>
/// <param name="input">The rows.</param>
/// <param name="options">The comparison.</param>
internal sealed class SeedCodes(Embedding input, AblationOptions options)
{
    private readonly Dictionary<int, SeedFit> _trained = [];

    /// <summary>The seeds that train together; null until the first codes are required.</summary>
    internal IReadOnlyList<IReadOnlyList<int>>? Groups { get; set; }

    /// <summary>Returns the embedding of the codes of a seed.</summary>
    /// <param name="seed">A seed of the comparison.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public Embedding Of(int seed, Execution execution)
    {
        var network = options.PipelineFor(seed).Autoencoder;
        var (rows, image) = (input.GetDataMatrix(), input.GetImageShape());
        Groups ??= AutoencoderSeeds.Groups(rows, network, options.Seeds, execution, image);
        var group = Groups.First(group => group.Contains(seed));
        if (group.Count == 1)
        {
            return N2DPipeline.Encode(input, network, execution, options.Checkpoint);
        }

        if (!_trained.ContainsKey(seed))
        {
            try
            {
                foreach (var fit in AutoencoderSeeds.FitTogether(rows, network, group, execution, image))
                {
                    _trained[fit.Seed] = fit;
                }
            }
            catch (N2DException failure)
            {
                // What fails for all of them, such as their memory, may work for each, and must not be repeated for each.
                execution.Explain?.Invoke($"The seeds train one after another: together, they failed. {execution.MessageOf(failure)}");
                Groups = [.. Groups.Where(other => other != group), .. group.Chunk(1)];
                return Of(seed, execution);
            }
        }

        _trained.Remove(seed, out var trained);
        var own = trained!;
        return own.Error is { } error ? throw error : input.Append(own.Autoencoder!, own.Codes!);
    }
}
