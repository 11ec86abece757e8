using System.Collections;
using System.Management.Automation;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Tells who gives coordinates as a kind of start, as 'init' of umap-learn and scikit-learn takes them, where they go.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesStartAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        ItemProperties.Unwrapped(inputData) is Embedding or (IEnumerable and not string)
            ? throw new ArgumentTransformationMetadataException("This parameter names a kind of start. Coordinates to start at go to -InitialEmbedding.")
            : inputData;
}
