using System.Globalization;

namespace N2D.Plotting;

/// <summary>Shortens names for plots and keeps them distinct.</summary>
internal static class ShortNames
{
    /// <summary>The maximum length of a name in a legend or on an axis, in characters.</summary>
    public const int MaxLength = 24;

    // The number of common characters to keep before the first difference.
    private const int SharedEnd = 3;

    /// <summary>
    /// Shortens names: at their end, or in the middle if they would be equal otherwise. Names that are still equal are numbered.
    /// </summary>
    /// <param name="names">The names.</param>
    /// <param name="most">The maximum number of characters of each name.</param>
    /// <returns>The shortened names, in order.</returns>
    public static string[] Of(IReadOnlyList<string> names, int most = MaxLength)
    {
        string[] lines = [.. names.Select(name => name.ReplaceLineEndings(" "))];
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var alike in lines.Distinct(StringComparer.Ordinal).GroupBy(name => PlotFont.Cut(name, most)))
        {
            string[] group = [.. alike];
            foreach (var name in group)
            {
                var text = group.Length == 1 ? alike.Key : CutInside(name, Math.Max(most / 4, SharedLength(group) - SharedEnd), most);
                taken[text] = taken.GetValueOrDefault(text) + 1;
                texts[name] = taken[text] == 1 ? text : Numbered(text, taken[text], most);
            }
        }

        return [.. lines.Select(line => texts[line])];
    }

    private static string CutInside(string name, int start, int most)
    {
        var head = most / 4;
        return PlotFont.Cut(name, head + 1) + PlotFont.Cut(name[start..], most - head - 1);
    }

    private static string Numbered(string text, int number, int most)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $" ({number})");
        return PlotFont.Cut(text, most - suffix.Length) + suffix;
    }

    private static int SharedLength(string[] names) => names.Skip(1).Min(name => name.AsSpan().CommonPrefixLength(names[0]));
}
