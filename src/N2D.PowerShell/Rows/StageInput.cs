using N2D.Ablation;
using N2D.Autoencoders;
using N2D.Manifolds;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Finds a stage in the pipeline input.</summary>
internal static class StageInput
{
    private const string RowOfComparison = "or a row of Compare-N2DMethod whose method did not fail";
    private const string RemotingRule = "Jobs and remoting return results without their rows";

    /// <summary>Advice about objects from another process: PowerShell copies only their properties.</summary>
    public const string RemotingAdvice =
        $"{RemotingRule}: run this cmdlet there, or save the model there with Export-N2DModel and apply it here with Invoke-N2DModel.";

    /// <summary>The last autoencoder in the stages of an embedding or a clustering.</summary>
    /// <param name="input">The input: an embedding, a clustering, or a row of Compare-N2DMethod.</param>
    /// <exception cref="N2DException">
    /// There is no autoencoder (<c>NoAutoencoder</c>), or the method failed (<c>MethodFailed</c>).
    /// </exception>
    public static Autoencoder AutoencoderOf(object input) => Of<Autoencoder>(input, NoAutoencoder);

    /// <summary>The last principal component analysis in the stages of an embedding or a clustering.</summary>
    /// <param name="input">The input: an embedding, a clustering, or a row of Compare-N2DMethod.</param>
    /// <exception cref="N2DException">
    /// There is no principal component analysis (<c>NoPca</c>), or the method failed (<c>MethodFailed</c>).
    /// </exception>
    public static Pca PcaOf(object input) => Of<Pca>(input, (kind, what, from) => new N2DException(
        "NoPca",
        kind,
        $"The input is {what}, without principal components. Pipe the output of Invoke-N2DPca, or of a cmdlet after it.",
        from));

    /// <summary>The clustering of a row of Compare-N2DMethod; any other input unchanged.</summary>
    /// <param name="input">The input.</param>
    /// <exception cref="N2DException">The method failed (<c>MethodFailed</c>).</exception>
    public static object Behind(object input) => input is not MethodScore score
        ? input
        : score.GetResult() ?? throw new N2DException("MethodFailed", ErrorKind.InvalidArgument, $"{score.Method} failed on "
            + $"'{score.Dataset}' and has no clustering: {score.Error}", score);

    /// <summary>Rejects an argument that is not a clustering.</summary>
    /// <param name="result">The argument, converted by <see cref="TakesAttribute"/>.</param>
    /// <exception cref="N2DException">It is not a clustering (<c>NotAClustering</c>).</exception>
    public static void ThrowIfNoClusters(ClusterResult? result)
    {
        if (result is null)
        {
            throw NotAClustering("A clustering is required: the output of Invoke-N2DCluster, Optimize-N2DCluster, Invoke-N2D or "
                + $"Invoke-N2DModel, {RowOfComparison}. {RemotingAdvice}");
        }
    }

    /// <summary>Rejects an argument that is not a clustering, for cmdlets that reject the clusters of applied models.</summary>
    /// <param name="result">The argument, converted by <see cref="TakesAttribute"/>.</param>
    /// <exception cref="N2DException">It is not a clustering (<c>NotAClustering</c>).</exception>
    public static void ThrowIfNoFittedClusters(ClusterResult? result)
    {
        if (result is null)
        {
            throw NotAClustering("A clustering that was fitted to its rows is required: the output of Invoke-N2DCluster or Invoke-N2D, "
                + $"{RowOfComparison}. {RemotingRule}: run this cmdlet there.");
        }
    }

    private static T Of<T>(object input, Func<ErrorKind, string, object, N2DException> missing)
        where T : FittedStage
    {
        var embedding = Behind(input) switch
        {
            ClusterResult result => result.GetEmbedding(),
            Embedding rows => rows,
            var other => throw missing(ErrorKind.InvalidType, $"a {other.GetType().Name}", other),
        };
        return embedding.GetStages().OfType<T>().LastOrDefault() ?? throw missing(
            ErrorKind.InvalidArgument,
            embedding.GetStages().Count == 0 ? $"the raw rows of '{embedding.Dataset}'" : "the output of the stages "
                + $"{embedding.Stages}", input);
    }

    private static N2DException NoAutoencoder(ErrorKind kind, string what, object input) =>
        new("NoAutoencoder", kind, $"The input is {what}, without an autoencoder. "
            + "Pipe the output of New-N2DAutoencoder, or of a cmdlet after it. Optimize-N2DCluster does not keep the autoencoder.", input);

    private static N2DException NotAClustering(string message) => new("NotAClustering", ErrorKind.InvalidType, message);
}
