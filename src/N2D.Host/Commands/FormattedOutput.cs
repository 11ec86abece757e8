using System.Management.Automation;
using System.Management.Automation.Host;
using N2D.Host.Terminal;

namespace N2D.Host.Commands;

/// <summary>What Out-String and Out-File share: objects as the text that the screen would show.</summary>
public abstract class FormattedOutput : PSCmdlet
{
    private readonly List<PSObject?> _objects = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    /// <remarks>Messages that were redirected here (<c>4&gt;&amp;1</c>) are text like any other; as they are, the screen would take them for its own.</remarks>
    protected sealed override void ProcessRecord() =>
        _objects.Add(InputObject?.BaseObject is InformationalRecord or InformationRecord ? new PSObject(InputObject.BaseObject.ToString()) : InputObject);

    /// <summary>The text of all objects, with its line breaks and without colours.</summary>
    protected string FormatAll()
    {
        var text = ((HostData)Host.PrivateData.BaseObject).TextOf(() => InvokeCommand.InvokeScript("$args[0] | Out-Host", [_objects]));
        return PSHostUserInterface.GetOutputString(text, supportsVirtualTerminal: false);
    }
}
