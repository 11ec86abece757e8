using System.Globalization;

namespace N2D.Plotting;

/// <summary>Names cut to what a plot has room for, so that those that differ still do.</summary>
internal static class ShortNames
{
    /// <summary>What a legend or an axis has room for, in characters.</summary>
    public const int Longest = 24;

    // Of what names share, so much before the place where they part shows how they go on.
    private const int SharedEnd = 3;

    /// <summary>
    /// Cuts names: at their end, or out of their middle where they would be alike then. Those that still are, as they part at several places, are numbered.
    /// </summary>
    /// <param name="names">The names.</param>
    /// <param name="most">The most characters of each.</param>
    /// <returns>A name each, in order.</returns>
    public static string[] Of(IReadOnlyList<string> names, int most = Longest)
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
