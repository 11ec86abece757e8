using System.Collections;
using System.Management.Automation;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Refuses coordinates as an initialization, which umap-learn and scikit-learn accept for 'init', and names the right parameter.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesStartAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        ItemProperties.Unwrapped(inputData) is Embedding or (IEnumerable and not string)
            ? throw new ArgumentTransformationMetadataException("-Initialization takes the name of an initialization. Pass initial coordinates to -InitialEmbedding.")
            : inputData;
}
