namespace N2D.PowerShell;

/// <summary>Completes the values of -ClusterCount other than numbers.</summary>
public sealed class ClusterCountCompleter : ValueCompleter
{
    private static readonly (string Name, string Meaning)[] Values = [("Auto", "chosen from the rows, by default from 1 to 20")];

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) => Values;
}
