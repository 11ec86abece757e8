using System.Globalization;
using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>
/// Rejects fractions for an integer parameter. The engine would silently round 1.5 to 2. A test checks that all integer parameters have it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeNumberAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var item = ItemProperties.Unwrapped(inputData);
        foreach (var value in item is object[] several ? several : [item])
        {
            if (IsFraction(value is PSObject inner ? inner.BaseObject : value))
            {
                throw new ArgumentTransformationMetadataException(
                    string.Create(CultureInfo.InvariantCulture, $"{value} is not a whole number."));
            }
        }

        return inputData;
    }

    private static bool IsFraction(object? value) => value switch
    {
        double number => double.IsFinite(number) && number != Math.Truncate(number),
        float number => float.IsFinite(number) && number != MathF.Truncate(number),
        decimal number => number != decimal.Truncate(number),
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && IsFraction(number),
        _ => false,
    };
}
