using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Tells whoever gives objects where names of properties belong that they come down the pipeline; without, each would be taken for a name, and the engine would ask for objects.</summary>
/// <param name="cmdlet">The name of the cmdlet.</param>
/// <param name="names">Names of properties as an example of what it takes.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ObjectsArePipedAttribute(string cmdlet, string names) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = ItemProperties.Unwrapped(inputData);
        return (given as object?[] ?? [given]).All(item => ItemProperties.Unwrapped(item) is null or IConvertible)
            ? inputData
            : throw new ArgumentTransformationMetadataException($"It takes names of properties, and objects come down the pipeline: $objects | {cmdlet}, or $objects | {cmdlet} {names}.");
    }
}
