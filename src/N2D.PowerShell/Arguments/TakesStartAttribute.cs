using System.Collections;
using System.Management.Automation;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Rejects coordinates, which 'init' of umap-learn and scikit-learn accepts, and names the parameter for them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesStartAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        ItemProperties.Unwrapped(inputData) is Embedding or (IEnumerable and not string)
            ? throw new ArgumentTransformationMetadataException("This parameter takes a kind of initialization. "
                + "For initial coordinates, use -InitialEmbedding.")
            : inputData;
}
