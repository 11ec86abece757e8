using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace N2D.PowerShell;

/// <summary>Completes paths of model files: *.n2d first, then all others.</summary>
public sealed class ModelFileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteFilename(wordToComplete).OrderBy(file =>
            !file.ListItemText.EndsWith(".n2d", StringComparison.OrdinalIgnoreCase));
}
