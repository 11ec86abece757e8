namespace N2D.PowerShell;

/// <summary>Completes the names of common cultures, with an example of their numbers.</summary>
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
