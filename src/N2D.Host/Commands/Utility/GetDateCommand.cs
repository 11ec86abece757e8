using System.Globalization;
using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Get-Date: the time, or a date as text.</summary>
[Cmdlet(VerbsCommon.Get, "Date")]
[OutputType(typeof(DateTime), typeof(string))]
public sealed class GetDateCommand : PSCmdlet
{
    /// <summary>The date. Default: now.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public DateTime Date { get; set; } = DateTime.Now;

    /// <summary>A .NET format; the date comes as text then.</summary>
    [Parameter]
    public string? Format { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Format is null ? Date : Date.ToString(Format, CultureInfo.CurrentCulture));
}
