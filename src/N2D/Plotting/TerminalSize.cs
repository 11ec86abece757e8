namespace N2D.Plotting;

/// <summary>The size of a terminal.</summary>
/// <param name="Columns">The number of characters in each line; null if unknown.</param>
/// <param name="Lines">The number of lines; null if unknown.</param>
public readonly record struct TerminalSize(int? Columns, int? Lines)
{
    /// <summary>An unknown size.</summary>
    public static TerminalSize Unknown => default;
}
