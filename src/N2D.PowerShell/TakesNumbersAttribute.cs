using System.Collections;
using System.Globalization;
using System.Management.Automation;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>Converts numbers or text to numbers. A missing value, $null or a mark such as NA, becomes NaN; PowerShell would convert it to 0.</summary>
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

    private static double NumberOf(object? value, int place) => value switch
    {
        null or DBNull => double.NaN,
        string text when MissingMarks.Default.Contains(text) => double.NaN,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Finite(number, place),
        Half half => Finite((double)half, place),
        bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => Finite(Convert.ToDouble(value, CultureInfo.InvariantCulture), place),
        _ => throw Refused(place, string.Create(CultureInfo.InvariantCulture, $"'{value}', is not a number")),
    };

    private static double Finite(double number, int place) => double.IsInfinity(number) ? throw Refused(place, "is infinite") : number;

    private static ArgumentTransformationMetadataException Refused(int place, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Value {place}{(what[0] == '\'' ? ", " : " ")}{what}. Give a finite number for each row, or $null if it is unknown."));
}
