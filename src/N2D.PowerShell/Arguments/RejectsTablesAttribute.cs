using System.Collections;
using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Rejects a table of numbers and names for the numbers of clusters, and says how to provide both.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RejectsTablesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        ItemProperties.Unwrapped(inputData) is IDictionary
            ? throw new ArgumentTransformationMetadataException(
                "A table of numbers and names is not accepted. Provide the numbers, then the names in the same order: "
                    + "Rename-N2DCluster 0, 1 'first', 'second'.")
            : inputData;
}
