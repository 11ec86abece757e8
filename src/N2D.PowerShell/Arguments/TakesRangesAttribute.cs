using System.Globalization;
using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>
/// Accepts ranges such as <c>0..19</c> as PowerShell users write them. In an argument without parentheses, the engine takes a range for
/// text.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesRangesAttribute : ArgumentTransformationAttribute
{
    private const int MaxCount = 1_000_000;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var items = (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is object[] list ? list : [inputData];
        return items.Any(item => RangeOf(item) is not null)
            ? items.SelectMany(item => RangeOf(item)?.Select(number => (object)number) ?? [item]).ToArray()
            : inputData;
    }

    private static IEnumerable<int>? RangeOf(object? item)
    {
        var ends = ((item is PSObject wrapped ? wrapped.BaseObject : item) as string)?.Split("..");
        return ends is [var first, var last]
            && int.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(last, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var end)
            && Math.Abs((long)end - start) < MaxCount
                ? Enumerable.Range(0, Math.Abs(end - start) + 1).Select(step => start <= end ? start + step : start - step)
                : null;
    }
}
