using System.Globalization;
using System.Management.Automation;
using CsvHelper;
using CsvHelper.Configuration;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Import-Csv: an object a row, its values as text.</summary>
[Cmdlet(VerbsData.Import, "Csv", DefaultParameterSetName = "Path")]
public sealed class ImportCsvCommand : PSCmdlet
{
    /// <summary>The files to read; wildcards are welcome.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    /// <summary>The files to read, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What stands between fields.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>Names of the columns, where the first row is data.</summary>
    [Parameter]
    public string[]? Header { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var file in this.ResolveFiles(Path, LiteralPath))
        {
            this.Refusing("ImportCsv", file, () => Read(file));
        }
    }

    private void Read(string file)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = Delimiter.ToString() };
        using var parser = new CsvParser(new StreamReader(file), configuration);
        var header = Header;
        while (parser.Read())
        {
            var row = parser.Record!;
            if (header is null)
            {
                // The type line of Windows PowerShell's Export-Csv.
                header = row[0].StartsWith("#TYPE ", StringComparison.Ordinal) ? null : [.. row.Select((name, i) => name.Length > 0 ? name : $"H{i + 1}")];
                continue;
            }

            var item = new PSObject();
            foreach (var (i, name) in header.Index())
            {
                item.Properties.Add(new PSNoteProperty(name, i < row.Length ? row[i] : null));
            }

            WriteObject(item);
        }
    }
}
