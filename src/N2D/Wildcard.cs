using System.Text.RegularExpressions;

namespace N2D;

/// <summary>Wildcard patterns: <c>*</c>, <c>?</c> and <c>[a-c]</c>. Case-insensitive.</summary>
internal static partial class Wildcard
{
    /// <summary>Converts a wildcard pattern to a regular expression for whole names.</summary>
    /// <param name="wildcard">The pattern, or a name.</param>
    /// <exception cref="N2DException">A character range is reversed (<c>WildcardNotUsable</c>).</exception>
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
                "WildcardNotUsable",
                ErrorKind.InvalidArgument,
                $"'{wildcard}' is not a valid pattern: a range such as [a-c] must start with the lower character.",
                wildcard,
                error);
        }
    }

    [GeneratedRegex(@"\\\*|\\\?|\\\[([^\]]+)\]")]
    private static partial Regex EscapedWildcard();
}
