using System.Collections;
using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// Converts coordinates to an embedding: an embedding as it is, a clustering's embedding, or a list of numbers for each row.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesCoordinatesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ItemProperties.Unwrapped(inputData) switch
    {
        ClusterResult result => result.GetEmbedding(),
        IEnumerable rows and not (string or IDictionary) =>
            new Dataset("coordinates", NumberRows.Read(rows, "row", "Give a list of numbers for each row, or an embedding.")),
        _ => inputData,
    };
}
