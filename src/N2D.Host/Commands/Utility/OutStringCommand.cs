using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Out-String: objects as text.</summary>
[Cmdlet("Out", "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FormattedOutput
{
    /// <summary>Whether each line is a string of its own.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var text = FormatAll();
        if (!Stream)
        {
            WriteObject(text);
            return;
        }

        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line)
        {
            WriteObject(line);
        }
    }
}
