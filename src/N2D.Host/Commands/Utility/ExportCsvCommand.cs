using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Export-Csv: a row an object, a column a property of the first object.</summary>
[Cmdlet(VerbsData.Export, "Csv", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class ExportCsvCommand : PSCmdlet, IDisposable
{
    private CsvExport? _export;
    private string? _file;

    /// <summary>The objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The file to write, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>What stands between fields.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public char Delimiter { get; set; } = ',';

    /// <summary>Which fields are quoted.</summary>
    [Parameter]
    public QuoteUse UseQuotes { get; set; } = QuoteUse.Always;

    /// <summary>Whether rows are added to the file, under the columns that it has.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Whether a write-protected file is replaced, and rows that lack a column are appended.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether a file that is there is left alone.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Accepted, since scripts say it: no type line is ever written.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _export?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var file = this.ResolveFile(LiteralPath ?? Path!);
        if (ShouldProcess(file, Append ? "Append rows" : "Write rows"))
        {
            _file = file;
            this.Refusing("ExportCsv", file, () => _export = new CsvExport(file, Delimiter, UseQuotes, Append, Force, NoClobber && !Append));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_file is not null)
        {
            this.Refusing("ExportCsv", _file, () => _export!.Write(InputObject));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_file is not null)
        {
            this.Refusing("ExportCsv", _file, () => _export!.Complete());
        }
    }
}
