using System.Management.Automation;
using N2D.Data;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// Reports that a data set or a clustering must be piped if it is given as the first argument. The engine would only report a failed
/// conversion.
/// </summary>
/// <param name="cmdlet">The name of the cmdlet.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DataArePipedAttribute(string cmdlet) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => ItemProperties.Unwrapped(inputData) switch
    {
        Embedding rows => throw new ArgumentTransformationMetadataException($"'{rows.Dataset}' is a data set. Pipe it: $data | {cmdlet}."),
        ClusterResult result => throw new ArgumentTransformationMetadataException(
            $"'{result}' is a clustering. Pipe it: $result | {cmdlet}."),
        string text when IsDataset(text) => throw new ArgumentTransformationMetadataException($"'{text}' is a data set. "
            + $"Import and pipe it: Import-N2DDataset {text} | {cmdlet}."),
        _ => inputData,
    };

    private static bool IsDataset(string text) => DatasetCatalog.Find(text) is not null || text.IndexOfAny(['/', '\\', '.']) >= 0;
}
