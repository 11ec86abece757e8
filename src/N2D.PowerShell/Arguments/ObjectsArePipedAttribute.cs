using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>
/// Reports that objects must be piped if they are given instead of property names. The engine would convert each object to a name and then
/// ask for objects.
/// </summary>
/// <param name="cmdlet">The name of the cmdlet.</param>
/// <param name="names">Property names, as an example.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ObjectsArePipedAttribute(string cmdlet, string names) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = ItemProperties.Unwrapped(inputData);
        return (given as object?[] ?? [given]).All(item => ItemProperties.Unwrapped(item) is null or IConvertible)
            ? inputData
            : throw new ArgumentTransformationMetadataException("The parameter takes property names. Pipe the objects: "
                + $"$objects | {cmdlet}, or $objects | {cmdlet} {names}.");
    }
}
