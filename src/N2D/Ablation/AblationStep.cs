using N2D.Clustering;

namespace N2D.Ablation;

/// <summary>A step of a method with one seed. Methods share equal steps.</summary>
/// <param name="Kind">The kind of step.</param>
/// <param name="Representation">The input of the method.</param>
/// <param name="Manifold">The manifold learner to fit, or whose layout is clustered; null if there is none.</param>
/// <param name="Clusterer">The clusterer to fit; null for other steps.</param>
internal sealed record AblationStep(
    AblationStepKind Kind, Representation Representation, ManifoldMethod? Manifold = null, ClusterMethod? Clusterer = null)
{
    /// <summary>Returns the steps of a method, in order.</summary>
    public static IEnumerable<AblationStep> Of(AblationMethod method)
    {
        if (method.Representation == Representation.Autoencoder)
        {
            yield return new AblationStep(AblationStepKind.Autoencoder, method.Representation);
        }

        if (method.NeedsNeighbors)
        {
            yield return new AblationStep(AblationStepKind.Neighbors, method.Representation);
        }

        if (method.Manifold is not null)
        {
            yield return new AblationStep(AblationStepKind.Manifold, method.Representation, method.Manifold);
        }

        yield return new AblationStep(AblationStepKind.Clusters, method.Representation, method.Manifold, method.Clusterer);
    }
}

/// <summary>The kinds of steps.</summary>
internal enum AblationStepKind
{
    /// <summary>Trains an autoencoder and encodes the rows.</summary>
    Autoencoder,

    /// <summary>Finds the nearest neighbors of the rows of a representation.</summary>
    Neighbors,

    /// <summary>Fits a manifold learner.</summary>
    Manifold,

    /// <summary>Fits and scores a clusterer.</summary>
    Clusters,
}
