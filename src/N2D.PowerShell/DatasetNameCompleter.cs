using N2D.Data;

namespace N2D.PowerShell;

/// <summary>Completes the names of the data sets that are known by name; the tooltip tells what they hold and their size.</summary>
public sealed class DatasetNameCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) =>
        DatasetCatalog.All.Select(dataset => (dataset.Name, dataset.ToString()));
}
