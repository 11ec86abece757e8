using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using N2D.Ablation;

namespace N2D.PowerShell;

/// <summary>Completes the names of the methods that Compare-N2DMethod compares. The tooltips show their stages.</summary>
public sealed class MethodNameCompleter : IArgumentCompleter
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
        return AblationMethod.All
            .Where(method => pattern.IsMatch(method.Name))
            .Select(method => new CompletionResult(
                method.Name,
                method.Name,
                CompletionResultType.ParameterValue,
                string.Join(
                    " > ", new object?[] { method.Representation, method.Manifold, method.Clusterer }.Where(part => part is not null))));
    }
}
