using N2D.Ablation;
using N2D.Clustering;

namespace N2D.Tests.Ablation;

public sealed class AblationMethodTests
{
    [Fact]
    public void All_AreTheStudys_EachByItsOwnName()
    {
        var names = AblationMethod.All.Select(method => method.Name).ToArray();

        Assert.Equal(names, names.Distinct());
        Assert.Equal(["GMM", "KM", "SC"], Names(method => method is { Representation: Representation.Raw, Manifold: null }));
        Assert.Equal(
            ["UMAP+GMM", "UMAP+KM", "t-SNE+GMM", "t-SNE+KM", "Isomap+GMM", "Isomap+KM", "LLE+GMM", "LLE+KM", "PCA+GMM", "PCA+KM"],
            Names(method => method is { Representation: Representation.Raw, Manifold: not null }));
        Assert.Equal(
            ["AE+GMM", "AE+KM", "AE+SC"], Names(method => method is { Representation: Representation.Autoencoder, Manifold: null }));
        Assert.Equal(15, Names(method => method is { Representation: Representation.Autoencoder, Manifold: not null }).Length);
        Assert.Equal(31, names.Length);
    }

    [Theory]
    [InlineData("n2d", "N2D")]
    [InlineData("AE+UMAP+GMM", "N2D")]
    [InlineData("AE+umap+*", "N2D,AE+UMAP+KM,AE+UMAP+SC")]
    [InlineData("?M,GMM", "GMM,KM")]
    [InlineData("t-SNE*", "t-SNE+GMM,t-SNE+KM")]
    [InlineData("[KS]?,N2D,S*", "KM,SC,N2D")]
    public void Names_AndWildcards_ChooseMethods_InTheOrderOfAll(string names, string chosen) =>
        Assert.Equal(chosen.Split(','), AblationMethod.Select(names.Split(',')).Select(method => method.Name));

    [Fact]
    public void ANameThatNoMethodHas_IsRefused_WithThoseThatThereAre()
    {
        var error = Assert.Throws<N2DException>(() => AblationMethod.Select(["KM", "AE+DBSCAN"]));
        Assert.Equal("MethodNotFound", error.Id);
        Assert.Contains("'AE+DBSCAN'", error.Message, StringComparison.Ordinal);
        Assert.Contains("AE+KM", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void N2D_IsTheMixtureOnUmapOfTheCodes() =>
        Assert.Equal(
            (Representation.Autoencoder, ManifoldMethod.Umap, ClusterMethod.GaussianMixture),
            AblationMethod.Select(["N2D"]).Select(method => (method.Representation, method.Manifold!.Value, method.Clusterer)).Single());

    private static string[] Names(Func<AblationMethod, bool> isMeant) => [.. AblationMethod.All.Where(isMeant).Select(method => method.Name)];
}
