namespace N2D.PowerShell;

/// <summary>Completes what -ClusterCount takes beside numbers.</summary>
public sealed class ClusterCountCompleter : ValueCompleter
{
    private static readonly (string Name, string Meaning)[] Values = [("Auto", "the number that the rows suggest, of 1 to 20 unless told")];

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) => Values;
}
