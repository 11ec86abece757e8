using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>
/// Accepts values of a type, and a row of Compare-N2DMethod as its clustering. A row whose method failed is an error, after which other
/// rows are processed. Anything else becomes null, so that the cmdlet can reject it once, with advice. The engine would report a failed
/// binding for each object.
/// </summary>
/// <param name="wanted">The type.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesAttribute(Type wanted) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var item = ItemProperties.Unwrapped(inputData);
        try
        {
            item = item is null ? null : StageInput.Behind(item);
        }
        catch (N2DException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }

        return wanted.IsInstanceOfType(item) ? item : null;
    }
}
