namespace N2D.PowerShell;

/// <summary>Completes the usual delimiters of text.</summary>
public sealed class DelimiterCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) =>
    [
        ("','", "comma"),
        ("';'", "semicolon"),
        ("\"`t\"", "tab"),
        ("'|'", "bar"),
        ("Whitespace", "any number of blanks or tabs"),
    ];
}
