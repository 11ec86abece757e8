using System.Management.Automation;

namespace N2D.Host.Engine;

/// <summary>What a command of PowerShell comes to that the embedded engine lacks: the error that it is not there, and where it is.</summary>
[Cmdlet(VerbsOther.Use, "AbsentCommand")]
public sealed class AbsentCommand : PSCmdlet
{
    /// <summary>Whatever the command was given.</summary>
    [Parameter(ValueFromRemainingArguments = true)]
    public object[]? Argument { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var name = MyInvocation.MyCommand.Name;
        var error = new CommandNotFoundException(
            $"The term '{name}' is not recognized: this is the embedded engine of N2D.Host, which has stand-ins for the most used commands of PowerShell only. "
                + "PowerShell 7.6 has it; where pwsh 7.6 or later is on the PATH, the host hands scripts to that.")
        {
            CommandName = name,
        };
        ThrowTerminatingError(new ErrorRecord(error, nameof(CommandNotFoundException), ErrorCategory.ObjectNotFound, name));
    }
}
