namespace N2D.PowerShell;

/// <summary>Completes names of cultures whose numbers are often met, with an example of each.</summary>
public sealed class CultureCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) =>
    [
        ("de-DE", "1.234,5"),
        ("en-US", "1,234.5"),
        ("es-ES", "1.234,5"),
        ("fr-FR", "1 234,5"),
        ("it-IT", "1.234,5"),
        ("pt-BR", "1.234,5"),
    ];
}
