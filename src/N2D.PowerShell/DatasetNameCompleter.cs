using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>Completes the names of the data sets that are known by name; the tooltip tells what they hold and their size.</summary>
public sealed class DatasetNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern($"{wordToComplete?.Trim('\'', '"')}*", WildcardOptions.IgnoreCase);
        return DatasetCatalog.All
            .Where(dataset => pattern.IsMatch(dataset.Name))
            .Select(dataset => new CompletionResult(dataset.Name, dataset.Name, CompletionResultType.ParameterValue, dataset.ToString()));
    }
}
