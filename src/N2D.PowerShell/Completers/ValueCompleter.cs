using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace N2D.PowerShell;

/// <summary>Base class of completers: values by name, with a tooltip for each.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public virtual IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern($"{wordToComplete?.Trim('\'', '"')}*", WildcardOptions.IgnoreCase);
        return ValuesOf(commandName, parameterName)
            .Where(value => pattern.IsMatch(value.Name))
            .Select(value => new CompletionResult(value.Name, value.Name, CompletionResultType.ParameterValue, value.Meaning));
    }

    /// <summary>The values of a parameter, with their tooltips.</summary>
    /// <param name="cmdlet">The cmdlet's name.</param>
    /// <param name="parameter">The parameter's name.</param>
    private protected abstract IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter);
}
