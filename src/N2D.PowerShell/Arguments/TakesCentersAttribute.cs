using System.Collections;
using System.Management.Automation;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// Converts initial centers to a matrix: a data set or embedding, an array of arrays, an array of two dimensions, or one number for each
/// center of a single column.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesCentersAttribute : ArgumentTransformationAttribute
{
    private const string Remedy =
        "Give a data set (Import-N2DDataset, ConvertTo-N2DDataset), or an array with the numbers of each center, such as (1, 2), (5, 6).";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return ItemProperties.Unwrapped(inputData) switch
            {
                Matrix matrix => matrix,
                Embedding embedding => embedding.GetRows(),
                IEnumerable centers and not (string or IDictionary) => NumberRows.Read(centers, "center", Remedy),
                _ => throw new ArgumentTransformationMetadataException($"The value is not a list of centers. {Remedy}"),
            };
        }
        catch (N2DException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
