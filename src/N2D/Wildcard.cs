using System.Text.RegularExpressions;

namespace N2D;

/// <summary>A wildcard as PowerShell knows it: <c>*</c>, <c>?</c>, <c>[a-c]</c>; in any case.</summary>
internal static partial class Wildcard
{
    /// <summary>The pattern of a wildcard, for whole names.</summary>
    /// <param name="wildcard">The wildcard, or a name.</param>
    /// <exception cref="N2DException">A set of characters runs backward (<c>WildcardNotUsable</c>).</exception>
    public static Regex PatternOf(string wildcard)
    {
        var pattern = EscapedWildcard().Replace(Regex.Escape(wildcard), match => match.Value switch
        {
            @"\*" => ".*",
            @"\?" => ".",
            _ => $"[{match.Groups[1].Value}]",
        });
        try
        {
            return new Regex($"^{pattern}$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException error)
        {
            throw new N2DException(
                "WildcardNotUsable", ErrorKind.InvalidArgument, $"'{wildcard}' is not a wildcard: a set such as [a-c] runs from the lower to the higher character.", wildcard, error);
        }
    }

    [GeneratedRegex(@"\\\*|\\\?|\\\[([^\]]+)\]")]
    private static partial Regex EscapedWildcard();
}
