using N2D.Clustering;

namespace N2D.Study;

/// <summary>A step of a method with one seed. Methods whose steps are equal share them.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Representation">What it is done with.</param>
/// <param name="Manifold">The manifold learner that is fitted, or whose layout is clustered; null if there is none.</param>
/// <param name="Clusterer">The clusterer that is fitted; null for the steps before.</param>
internal sealed record StudyStep(StudyStepKind Kind, Representation Representation, ManifoldMethod? Manifold = null, ClusterMethod? Clusterer = null)
{
    /// <summary>
    /// About its share of the time, to tell how far a study is: on some ten thousand rows, by the defaults. Nothing else depends on it.
    /// </summary>
    public double Weight => (Kind, Manifold, Clusterer) switch
    {
        (StudyStepKind.Autoencoder, _, _) => 40,
        (StudyStepKind.Manifold, ManifoldMethod.Tsne, _) => 12,
        (StudyStepKind.Manifold, ManifoldMethod.Pca, _) => 1,
        (StudyStepKind.Manifold, _, _) => 5,
        (StudyStepKind.Clusters, _, ClusterMethod.KMeans) => 1,
        (StudyStepKind.Clusters, _, _) => 3,
        _ => 1,
    };

    /// <summary>The steps of a method, in order.</summary>
    public static IEnumerable<StudyStep> Of(StudyMethod method)
    {
        if (method.Representation == Representation.Autoencoder)
        {
            yield return new StudyStep(StudyStepKind.Autoencoder, method.Representation);
        }

        if (method.NeedsNeighbors)
        {
            yield return new StudyStep(StudyStepKind.Neighbors, method.Representation);
        }

        if (method.Manifold is not null)
        {
            yield return new StudyStep(StudyStepKind.Manifold, method.Representation, method.Manifold);
        }

        yield return new StudyStep(StudyStepKind.Clusters, method.Representation, method.Manifold, method.Clusterer);
    }
}

/// <summary>What a step of a method does.</summary>
internal enum StudyStepKind
{
    /// <summary>Trains an autoencoder, and encodes the rows.</summary>
    Autoencoder,

    /// <summary>Finds the nearest rows of each row of a representation.</summary>
    Neighbors,

    /// <summary>Fits a manifold learner.</summary>
    Manifold,

    /// <summary>Fits a clusterer, and scores it.</summary>
    Clusters,
}
