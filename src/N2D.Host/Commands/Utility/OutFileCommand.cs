using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Out-File, and so for the operators <c>&gt;</c> and <c>&gt;&gt;</c>: objects as text in a UTF-8 file.</summary>
[Cmdlet("Out", "File", SupportsShouldProcess = true)]
public sealed class OutFileCommand : FormattedOutput
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Path", "LiteralPath")]
    public string FilePath { get; set; } = "";

    /// <summary>Whether the text goes to the end of the file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var file = this.ResolveFile(FilePath);
        if (ShouldProcess(file, "Write"))
        {
            var text = FormatAll();
            this.Refusing("OutFile", file, () =>
            {
                using var writer = new StreamWriter(file, Append);
                writer.Write(text);
            });
        }
    }
}
