using N2D.Autoencoders;
using N2D.Models;

namespace N2D.PowerShell;

/// <summary>Finds a stage in what a user pipes.</summary>
internal static class StageInput
{
    /// <summary>The autoencoder that an embedding or a clustering came by; the last, if there are several.</summary>
    /// <param name="input">What was piped.</param>
    /// <exception cref="N2DException">There is none (<c>NoAutoencoder</c>).</exception>
    public static Autoencoder AutoencoderOf(object input)
    {
        var embedding = input switch
        {
            ClusterResult result => result.GetEmbedding(),
            Embedding rows => rows,
            _ => throw Missing($"a {input.GetType().Name}", input),
        };
        return embedding.GetStages().OfType<Autoencoder>().LastOrDefault() ?? throw Missing($"an embedding whose stages are {embedding.Stages}", input);
    }

    private static N2DException Missing(string what, object input) =>
        new("NoAutoencoder", ErrorKind.InvalidArgument, $"The input is {what}: no autoencoder made it. Pipe what New-N2DAutoencoder, or a cmdlet after it, put out.", input);
}
