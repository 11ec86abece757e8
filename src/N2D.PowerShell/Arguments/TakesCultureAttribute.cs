using System.Globalization;
using System.Management.Automation;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>Converts a culture, or its name, to the notation of its numbers.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesCultureAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return ItemProperties.Unwrapped(inputData) switch
            {
                CultureInfo culture => NumberNotation.Of(culture),
                string name => NumberNotation.Of(name),
                var other => other,
            };
        }
        catch (N2DException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
