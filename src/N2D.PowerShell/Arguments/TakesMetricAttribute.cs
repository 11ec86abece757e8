using System.Management.Automation;
using N2D.Neighbors;

namespace N2D.PowerShell;

/// <summary>
/// Accepts the names of metrics in scikit-learn, SciPy and umap-learn. Only those of <see cref="DistanceMetric"/> are completed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesMetricAttribute : ArgumentTransformationAttribute
{
    private static readonly Dictionary<string, DistanceMetric> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["l2"] = DistanceMetric.Euclidean,
        ["sqeuclidean"] = DistanceMetric.SquaredEuclidean,
        ["cityblock"] = DistanceMetric.Manhattan,
        ["l1"] = DistanceMetric.Manhattan,
        ["taxicab"] = DistanceMetric.Manhattan,
        ["infinity"] = DistanceMetric.Chebyshev,
        ["linf"] = DistanceMetric.Chebyshev,
        ["linfinity"] = DistanceMetric.Chebyshev,
        ["linfty"] = DistanceMetric.Chebyshev,
        ["p"] = DistanceMetric.Minkowski,
    };

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => ItemProperties.Unwrapped(inputData) switch
    {
        string name when Synonyms.TryGetValue(name, out var metric) => metric,
        string name when name.Equals("precomputed", StringComparison.OrdinalIgnoreCase) =>
            throw new ArgumentTransformationMetadataException(
            "For precomputed distances, use -Neighbor of Invoke-N2DUmap, Invoke-N2DTsne or Invoke-N2DIsomap, and remove -Metric."),
        _ => inputData,
    };
}
