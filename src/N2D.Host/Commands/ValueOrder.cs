using System.Globalization;
using System.Management.Automation;

namespace N2D.Host.Commands;

/// <summary>The order of values of any types: as PowerShell compares them, and by their text where it cannot.</summary>
internal static class ValueOrder
{
    public static int Compare(object? a, object? b) => LanguagePrimitives.TryCompare(a, b, ignoreCase: true, CultureInfo.CurrentCulture, out var order)
        ? order
        : string.Compare(LanguagePrimitives.ConvertTo<string>(a), LanguagePrimitives.ConvertTo<string>(b), StringComparison.CurrentCultureIgnoreCase);
}
