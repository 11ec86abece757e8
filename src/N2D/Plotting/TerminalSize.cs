namespace N2D.Plotting;

/// <summary>How large a terminal is.</summary>
/// <param name="Columns">Characters a line; null if nobody knows.</param>
/// <param name="Lines">Lines; null if nobody knows.</param>
public readonly record struct TerminalSize(int? Columns, int? Lines)
{
    /// <summary>That of a terminal of which nothing is known.</summary>
    public static TerminalSize Unknown => default;
}
