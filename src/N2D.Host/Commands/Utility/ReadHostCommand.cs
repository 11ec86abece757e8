using System.Management.Automation;
using System.Security;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Read-Host: asks for a line.</summary>
[Cmdlet(VerbsCommunications.Read, "Host")]
[OutputType(typeof(string), typeof(SecureString))]
public sealed class ReadHostCommand : PSCmdlet
{
    /// <summary>The question.</summary>
    [Parameter(Position = 0)]
    public string? Prompt { get; set; }

    /// <summary>Whether the answer is a secret: it is not shown.</summary>
    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Prompt is not null)
        {
            Host.UI.Write(Prompt + ": ");
        }

        WriteObject(AsSecureString ? Host.UI.ReadLineAsSecureString() : Host.UI.ReadLine());
    }
}
