using N2D.Autoencoders;
using N2D.Classifiers;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>The table of all stages and clusterers that a model file can contain.</summary>
internal static class ModelParts
{
    /// <summary>All entries. The names are part of the file format and never change.</summary>
    public static IReadOnlyList<ModelPart> All { get; } =
    [
        ModelPart.Of<Agglomerative>("Agglomerative"),
        ModelPart.Of<Autoencoder>("Autoencoder"),
        ModelPart.Of<CategoryEncoder>("CategoryEncoder"),
        ModelPart.Of<ClassifierFeatures>("ClassifierFeatures"),
        ModelPart.Of<GaussianMixture>("GaussianMixture"),
        ModelPart.Of<GroupStandardizer>("GroupStandardizer"),
        ModelPart.Of<Hdbscan>("Hdbscan"),
        ModelPart.Of<Imputer>("Imputer"),
        ModelPart.Of<Isomap>("Isomap"),
        ModelPart.Of<KMeans>("KMeans"),
        ModelPart.Of<LocallyLinearEmbedding>("LocallyLinearEmbedding"),
        ModelPart.Of<Pca>("Pca"),
        ModelPart.Of<SpectralClustering>("Spectral"),
        ModelPart.Of<Standardizer>("Standardizer"),
        ModelPart.Of<Tsne>("Tsne"),
        ModelPart.Of<Umap>("Umap"),
    ];

    /// <summary>Returns the entry of a fitted stage or clusterer.</summary>
    /// <param name="fitted">The stage or clusterer.</param>
    /// <exception cref="N2DException">There is no entry (<c>NotSavable</c>).</exception>
    public static ModelPart Of(object fitted) =>
        All.FirstOrDefault(part => part.Type == fitted.GetType())
        ?? throw new N2DException(
            "NotSavable",
            ErrorKind.InvalidArgument,
            $"A pipeline with {fitted.GetType().Name} cannot be saved. Nothing was written. Supported: "
                + $"{string.Join(", ", All.Select(part => part.Name))}.",
            fitted);

    /// <summary>Returns the entry with a name in a file; null if there is none.</summary>
    public static ModelPart? Find(string name) => All.FirstOrDefault(part => part.Name == name);
}

/// <summary>The reader and writer of one kind of stage or clusterer.</summary>
/// <param name="Name">The name in files.</param>
/// <param name="Type">The type.</param>
/// <param name="Write">Writes it.</param>
/// <param name="Read">Reads it.</param>
internal sealed record ModelPart(string Name, Type Type, Action<object, ModelPartWriter> Write, Func<ModelPartReader, object> Read)
{
    /// <summary>Creates the entry of a type.</summary>
    /// <param name="name">Its name in files.</param>
    /// <typeparam name="T">The stage or clusterer.</typeparam>
    public static ModelPart Of<T>(string name)
        where T : class, IModelPart<T> => new(name, typeof(T), (fitted, part) => ((T)fitted).Write(part), part => T.Read(part));
}
