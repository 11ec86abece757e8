using System.Management.Automation;
using N2D.Manifolds;

namespace N2D.PowerShell;

/// <summary>
/// Accepts umap-learn's names of metrics that compare numbers by their difference. For single numbers, they are all equal.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesTargetMetricAttribute : ArgumentTransformationAttribute
{
    private static readonly HashSet<string> OfNumbers = new(
        ["l2", "l1", "manhattan", "cityblock", "taxicab", "chebyshev", "linf", "linfinity", "linfty", "minkowski"],
        StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        ItemProperties.Unwrapped(inputData) is string name && OfNumbers.Contains(name) ? TargetMetric.Euclidean : inputData;
}
