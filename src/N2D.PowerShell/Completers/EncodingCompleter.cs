namespace N2D.PowerShell;

/// <summary>Completes the names of encodings that PowerShell's own cmdlets accept.</summary>
public sealed class EncodingCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) =>
    [
        ("utf8", "UTF-8"),
        ("utf8BOM", "UTF-8 with a byte order mark"),
        ("unicode", "UTF-16, as Windows PowerShell writes it"),
        ("bigendianunicode", "UTF-16, high byte first"),
        ("utf32", "UTF-32"),
        ("ansi", "the code page of the current culture"),
        ("oem", "the code page of the console"),
        ("latin1", "ISO 8859-1"),
        ("windows-1252", "Western European, as Excel writes CSV"),
        ("ascii", "ASCII"),
    ];
}
