using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>Completes the names of published data sets, whose tooltips show their content and size, and paths of files.</summary>
public sealed class DatasetNameCompleter : ValueCompleter
{
    /// <inheritdoc/>
    public override IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        base.CompleteArgument(
            commandName,
            parameterName,
            wordToComplete,
            commandAst,
            fakeBoundParameters).Concat(CompletionCompleters.CompleteFilename(wordToComplete));

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) =>
        DatasetCatalog.All.Select(dataset => (dataset.Name, dataset.ToString()));
}
