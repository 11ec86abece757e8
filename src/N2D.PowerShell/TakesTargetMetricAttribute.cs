using System.Management.Automation;
using N2D.Manifolds;

namespace N2D.PowerShell;

/// <summary>Accepts umap-learn's names of metrics of numbers as Euclidean: for single numbers all of them are equal.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesTargetMetricAttribute : ArgumentTransformationAttribute
{
    private static readonly HashSet<string> OfNumbers = new(["l2", "l1", "manhattan", "cityblock", "taxicab", "chebyshev", "linf", "linfinity", "linfty", "minkowski"], StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        ItemProperties.Unwrapped(inputData) is string name && OfNumbers.Contains(name) ? TargetMetric.Euclidean : inputData;
}
