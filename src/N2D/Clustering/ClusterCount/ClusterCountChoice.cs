using System.Globalization;

namespace N2D.Clustering;

/// <summary>Chooses among mixtures of the same rows that differ in their number of Gaussians, without labels.</summary>
/// <remarks>
/// The Bayesian information criterion counts Gaussians, and an island of a manifold learner's layout, which is no Gaussian, takes several: of three groups that lie apart it makes six or
/// fifteen, as does its relative that counts doubtful rows (ICL; Biernacki, Celeux and Govaert, 2000), since the pieces of an island leave no doubt. The mean silhouette (Rousseeuw, 1987) counts
/// groups that lie apart, and is highest at their number. It knows no single group, and means little of rows that lie nowhere apart: there the information criterion stays the judge.
/// </remarks>
/// <param name="criterion">What is to choose.</param>
internal sealed class ClusterCountChoice(ClusterCountCriterion criterion)
{
    // Kaufman and Rousseeuw (1990, table 4 of chapter 2): up to the first, no substantial structure; up to the second, a weak one that may be artificial.
    private const double NoStructure = 0.25, WeakStructure = 0.5;

    private readonly List<(int ClusterCount, double Score)> _criteria = [];
    private readonly List<(int ClusterCount, double Score)> _silhouettes = [];
    private (GaussianMixture Mixture, double Score)? _byCriterion;
    private (GaussianMixture Mixture, double Score)? _bySilhouette;

    /// <summary>The mixture that is chosen; of equally good ones that with fewer Gaussians.</summary>
    public GaussianMixture Chosen => IsBySilhouette ? _bySilhouette!.Value.Mixture : _byCriterion!.Value.Mixture;

    /// <summary>The figures by which it is.</summary>
    public ClusterCountScore[] Curve => IsBySilhouette
        ? ClusterCountScore.Curve("Silhouette", _silhouettes, Chosen.ClusterCount)
        : ClusterCountScore.Curve(criterion == ClusterCountCriterion.Aic ? "Aic" : "Bic", _criteria, Chosen.ClusterCount);

    // One Gaussian that accounts for the rows best is one group, though halves of a long one lie apart by their silhouette.
    private bool IsBySilhouette => criterion == ClusterCountCriterion.Silhouette && _bySilhouette is { Score: > NoStructure } && _byCriterion!.Value.Mixture.ClusterCount > 1;

    /// <summary>Adds a candidate.</summary>
    /// <param name="mixture">The mixture, of more Gaussians than those before.</param>
    /// <param name="silhouette">The mean silhouette of its clusters; null where it is not defined.</param>
    public void Add(GaussianMixture mixture, double? silhouette)
    {
        var score = criterion == ClusterCountCriterion.Aic ? mixture.Aic : mixture.Bic;
        _criteria.Add((mixture.ClusterCount, score));
        if (_byCriterion is null || score < _byCriterion.Value.Score)
        {
            _byCriterion = (mixture, score);
        }

        if (silhouette is { } value)
        {
            _silhouettes.Add((mixture.ClusterCount, value));
            if (_bySilhouette is null || value > _bySilhouette.Value.Score)
            {
                _bySilhouette = (mixture, value);
            }
        }
    }

    /// <summary>Tells of a choice that is not to be relied on.</summary>
    /// <param name="execution">Whom to tell.</param>
    public void WarnIfWeak(Execution execution)
    {
        if (Chosen.ClusterCount > 1 && _bySilhouette is { Score: <= WeakStructure } best)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The rows fall into no groups that lie clearly apart: the highest silhouette is {best.Score:F2}, of {Quantity.Of(best.Mixture.ClusterCount, "cluster")}. The number of clusters, {Chosen.ClusterCount}, is "
                + $"{(IsBySilhouette ? "a guess" : "the best by BIC, which cuts what is no Gaussian into pieces")}; look at the rows of some numbers of them, or try Invoke-N2DCluster -Method Hdbscan."));
        }
    }
}
