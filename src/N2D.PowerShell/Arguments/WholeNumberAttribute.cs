using System.Globalization;
using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Refuses fractions for a parameter that counts; the engine would round 1.5 to 2 and say nothing. A test holds that every such parameter has it.</summary>
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
                throw new ArgumentTransformationMetadataException(string.Create(CultureInfo.InvariantCulture, $"{value} is not a whole number."));
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
