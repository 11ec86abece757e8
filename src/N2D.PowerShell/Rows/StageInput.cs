using N2D.Autoencoders;
using N2D.Manifolds;
using N2D.Models;
using N2D.Pipeline;
using N2D.Study;

namespace N2D.PowerShell;

/// <summary>Finds a stage in what a user pipes.</summary>
internal static class StageInput
{
    /// <summary>The autoencoder that an embedding or a clustering came by; the last, if there are several.</summary>
    /// <param name="input">What was piped.</param>
    /// <exception cref="N2DException">There is none (<c>NoAutoencoder</c>).</exception>
    public static Autoencoder AutoencoderOf(object input) => Of<Autoencoder>(input, Missing);

    /// <summary>The principal component analysis that an embedding or a clustering came by; the last, if there are several.</summary>
    /// <param name="input">What was piped.</param>
    /// <exception cref="N2DException">There is none (<c>NoPca</c>).</exception>
    public static Pca PcaOf(object input) => Of<Pca>(input, (what, from) => new N2DException(
        "NoPca",
        ErrorKind.InvalidArgument,
        $"The input is {what}: it has no principal components. Pipe the output of Invoke-N2DPca, or of a cmdlet after it.",
        from));

    /// <summary>What stands behind a row of Compare-N2DMethod, its clustering; any other input as it is.</summary>
    /// <param name="input">What was piped.</param>
    /// <exception cref="N2DException">The method failed (<c>MethodFailed</c>).</exception>
    public static object Behind(object input) => input is not MethodScore score
        ? input
        : score.GetResult() ?? throw new N2DException("MethodFailed", ErrorKind.InvalidArgument, $"{score.Method} failed on '{score.Dataset}' and has no clustering: {score.Error}", score);

    /// <summary>What to do about objects that PowerShell copied from another process: it copies their columns alone.</summary>
    public const string LeftBehind =
        "What comes back from a job or another machine has left its rows there: have it saved with Export-N2DModel, and loaded here with Import-N2DModel.";

    /// <summary>Refuses what is no clustering.</summary>
    /// <param name="result">What came, as <see cref="TakesAttribute"/> left it.</param>
    /// <exception cref="N2DException">It is none (<c>NotAClustering</c>).</exception>
    public static void ThrowIfNoClusters(ClusterResult? result)
    {
        if (result is null)
        {
            throw new N2DException(
                "NotAClustering",
                ErrorKind.InvalidArgument,
                $"What came is no clustering. Give what Invoke-N2DCluster, Invoke-N2D or Invoke-N2DModel put out, or a row of Compare-N2DMethod whose method did not fail. {LeftBehind}");
        }
    }

    private static T Of<T>(object input, Func<string, object, N2DException> missing)
        where T : FittedStage
    {
        var embedding = input switch
        {
            ClusterResult result => result.GetEmbedding(),
            Embedding rows => rows,
            _ => throw missing($"a {input.GetType().Name}", input),
        };
        return embedding.GetStages().OfType<T>().LastOrDefault() ?? throw missing(
            embedding.GetStages().Count == 0 ? $"made of raw rows, those of '{embedding.Dataset}'" : $"made by the stages {embedding.Stages} alone", input);
    }

    private static N2DException Missing(string what, object input) =>
        new("NoAutoencoder", ErrorKind.InvalidArgument, $"The input is {what}: no autoencoder made it. Pipe what New-N2DAutoencoder, or a cmdlet after it, put out.", input);
}
