using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using N2D.Data;
using Engine = System.Management.Automation.PowerShell;

namespace N2D.PowerShell;

/// <summary>
/// Completes column names: the columns of the file that the command names, the properties of objects piped from a variable or Import-Csv,
/// or the groups of a published data set.
/// </summary>
public sealed class ColumnNameCompleter : IArgumentCompleter
{
    private static readonly string[] PathParameters = ["LiteralPath", "Path", "Name"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(commandAst);
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var pattern = new WildcardPattern($"{wordToComplete?.Trim('\'', '"')}*", WildcardOptions.IgnoreCase);
        return (NamesInFile(fakeBoundParameters) ?? NamesInPipeline(commandAst) ?? GroupsOfNamed(parameterName, fakeBoundParameters) ?? [])
            .Where(name => name.Length > 0 && pattern.IsMatch(name))
            .Select(name => new CompletionResult(Quotation.WholeArgumentOf(name), name, CompletionResultType.ParameterValue, name));
    }

    private static IReadOnlyList<string>? NamesInFile(IDictionary parameters)
    {
        var given = PathParameters.Select(name => parameters[name]).FirstOrDefault(value => value is not null);
        var path = (given as object[])?.FirstOrDefault() as string ?? given as string;
        return path is null ? null : NamesIn(path);
    }

    /// <summary>The groups of a published data set.</summary>
    private static string[]? GroupsOfNamed(string parameter, IDictionary parameters) =>
        parameter == nameof(DatasetCmdlet.StandardizeBy) && parameters["Name"] is string name
        && DatasetCatalog.Find(name)?.GroupColumn is { } groups
            ? [groups]
            : null;

    private static IReadOnlyList<string>? NamesIn(string path)
    {
        try
        {
            using var shell = Engine.Create(RunspaceMode.CurrentRunspace);
            var full = shell.AddCommand("Resolve-Path").AddParameter("Path", path).Invoke<PathInfo>().FirstOrDefault()?.ProviderPath;
            return full is null ? null : new DatasetFile().ReadColumnNames(full);
        }
        catch (Exception error) when (error is N2DException or RuntimeException or InvalidOperationException)
        {
            // No completion. The command itself reports the error.
            return null;
        }
    }

    /// <summary>
    /// The properties of objects in a piped variable, or the columns of the file of a piped Import-Csv. No other command is run.
    /// </summary>
    private static IReadOnlyList<string>? NamesInPipeline(CommandAst command)
    {
        if (command.Parent is not PipelineAst { PipelineElements: [var first, ..] } || first == command)
        {
            return null;
        }

        return first switch
        {
            CommandExpressionAst { Expression: VariableExpressionAst variable } => NamesOf(variable.VariablePath.UserPath),
            CommandAst source when source.GetCommandName() is "Import-Csv" or "ipcsv" =>
                source.CommandElements.Skip(1).OfType<StringConstantExpressionAst>().FirstOrDefault() is { } path
                    ? NamesIn(path.Value)
                    : null,
            _ => null,
        };
    }

    private static string[]? NamesOf(string variable)
    {
        using var shell = Engine.Create(RunspaceMode.CurrentRunspace);
        var value = shell.AddCommand("Get-Variable")
            .AddParameter("Name", variable)
            .AddParameter("ValueOnly")
            .AddParameter("ErrorAction", "Ignore")
            .Invoke()
            .FirstOrDefault();
        return value is null
            ? null
            : ItemProperties.NamesOf(PSObject.AsPSObject(value.BaseObject is IList { Count: > 0 } list ? list[0]! : value));
    }
}
