using System.Management.Automation;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Tells whoever gives data as the first argument that they come down the pipeline; without, they would be told only that a data set is none of what the parameter takes.</summary>
/// <param name="cmdlet">The name of the cmdlet.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DataArePipedAttribute(string cmdlet) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => ItemProperties.Unwrapped(inputData) switch
    {
        Embedding rows => throw new ArgumentTransformationMetadataException($"'{rows.Dataset}' is a data set, and data come down the pipeline: $data | {cmdlet}."),
        string text when IsDataset(text) => throw new ArgumentTransformationMetadataException($"'{text}' is a data set, and data come down the pipeline: Import-N2DDataset {text} | {cmdlet}."),
        _ => inputData,
    };

    private static bool IsDataset(string text) => DatasetCatalog.Find(text) is not null || text.IndexOfAny(['/', '\\', '.']) >= 0;
}
