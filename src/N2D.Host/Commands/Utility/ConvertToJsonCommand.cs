using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for ConvertTo-Json: objects as JSON.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<PSObject?> _objects = [];

    /// <summary>The objects; more than one become an array.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How many levels of objects in objects are written; deeper ones are written as text.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    /// <summary>Whether all is on one line.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Whether a single object is an array too.</summary>
    [Parameter]
    public SwitchParameter AsArray { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _objects.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = !Compress, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = Environment.NewLine };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            new JsonValues(writer, Depth).Write(_objects.Count == 1 && !AsArray ? _objects[0] : _objects, level: _objects.Count == 1 && !AsArray ? 0 : -1);
        }

        WriteObject(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
