using System.Globalization;
using System.Management.Automation;
using System.Text;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>Converts an encoding as PowerShell's own cmdlets do: a .NET encoding, a name, or the number of a code page.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesEncodingAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = ItemProperties.Unwrapped(inputData);
        if (given is Encoding)
        {
            return given;
        }

        try
        {
            return TextEncodings.Parse(Convert.ToString(given, CultureInfo.InvariantCulture) ?? "");
        }
        catch (N2DException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
