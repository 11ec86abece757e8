using System.Collections;
using System.Management.Automation;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>
/// Converts a list to numbers. Missing values, which are null or a mark such as NA, become NaN; the engine would convert them to 0.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesNumbersAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var item = ItemProperties.Unwrapped(inputData);
        var numbers = new List<double>();
        foreach (var value in item is IEnumerable several and not (string or IDictionary) ? several : new[] { item })
        {
            numbers.Add(NumberOf(ItemProperties.Unwrapped(value), numbers.Count + 1));
        }

        return numbers.ToArray();
    }

    private static double NumberOf(object? value, int place)
    {
        if (value is null or DBNull || (value is string text && MissingMarks.Default.Contains(text)))
        {
            return double.NaN;
        }

        var number = ItemProperties.NumberOf(value) ?? throw Refused($"Value {place}, {Quotation.Of($"{value}")}, is not a number.");
        return double.IsInfinity(number) ? throw Refused($"Value {place} is infinite.") : number;
    }

    private static ArgumentTransformationMetadataException Refused(string reason) =>
        new($"{reason} Give a finite number for each row, or $null if it is not known.");
}
