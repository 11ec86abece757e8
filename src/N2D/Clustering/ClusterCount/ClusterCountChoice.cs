using System.Globalization;

namespace N2D.Clustering;

/// <summary>Chooses the number of Gaussians among mixtures of the same rows, without labels.</summary>
/// <remarks>
/// <para>
/// The Bayesian information criterion counts Gaussians. A group in the layout of a manifold learner is not a Gaussian and takes several:
/// three separate groups become six or fifteen. The integrated completed likelihood (ICL; Biernacki, Celeux and Govaert, 2000) has the
/// same problem, because the pieces of a group do not overlap.
/// </para>
/// <para>
/// The mean silhouette (Rousseeuw, 1987) measures separation, and is highest at the number of separate groups. It is undefined for a single
/// group, and means little if no groups are separate. In these cases, the information criterion decides.
/// </para>
/// </remarks>
/// <param name="criterion">The criterion.</param>
internal sealed class ClusterCountChoice(ClusterCountCriterion criterion)
{
    // Kaufman and Rousseeuw (1990, chapter 2, table 4): up to 0.25, no substantial structure; up to 0.5, a weak one that may be artificial.
    private const double NoStructure = 0.25, WeakStructure = 0.5;

    private readonly List<(int ClusterCount, double Score)> _criteria = [];
    private readonly List<(int ClusterCount, double Score)> _silhouettes = [];
    private (GaussianMixture Mixture, double Score)? _byCriterion;
    private (GaussianMixture Mixture, double Score)? _bySilhouette;

    /// <summary>The chosen mixture. In a tie, the one with fewer Gaussians.</summary>
    public GaussianMixture Chosen => IsBySilhouette ? _bySilhouette!.Value.Mixture : _byCriterion!.Value.Mixture;

    /// <summary>The scores that the choice is based on.</summary>
    public ClusterCountScore[] Curve => IsBySilhouette
        ? ClusterCountScore.Curve("Silhouette", _silhouettes, Chosen.ClusterCount)
        : ClusterCountScore.Curve(criterion == ClusterCountCriterion.Aic ? "Aic" : "Bic", _criteria, Chosen.ClusterCount);

    // If a single Gaussian fits best, there is one group, even if the halves of an elongated one have a high silhouette.
    private bool IsBySilhouette =>
        criterion == ClusterCountCriterion.Silhouette
        && _bySilhouette is { Score: > NoStructure }
        && _byCriterion!.Value.Mixture.ClusterCount > 1;

    /// <summary>Adds a candidate.</summary>
    /// <param name="mixture">The mixture, with more Gaussians than the previous ones.</param>
    /// <param name="silhouette">The mean silhouette of its clusters; null if it is undefined.</param>
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

    /// <summary>Warns if the choice is uncertain.</summary>
    /// <param name="execution">Receives the warning.</param>
    public void WarnIfWeak(Execution execution)
    {
        if (Chosen.ClusterCount > 1 && _bySilhouette is { Score: <= WeakStructure } best)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The rows have no clearly separated groups: the highest silhouette is {best.Score:F2}, with "
                + $"{Quantity.Of(best.Mixture.ClusterCount, "cluster")}. The number of clusters, {Chosen.ClusterCount}, is "
                + $"{(IsBySilhouette ? "uncertain" : "the best by BIC, which splits groups that are not Gaussian")}. Inspect the "
                + $"clusters for several numbers, or try HDBSCAN."));
        }
    }
}
