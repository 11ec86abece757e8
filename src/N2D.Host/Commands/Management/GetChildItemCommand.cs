using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Get-ChildItem: what is in folders and other containers.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Path")]
public sealed class GetChildItemCommand : ItemCommand
{
    /// <summary>A wildcard that the names must match.</summary>
    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    /// <summary>Whether folders in folders are looked into.</summary>
    [Parameter]
    [Alias("s")]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Whether only files are listed.</summary>
    [Parameter]
    public SwitchParameter File { get; set; }

    /// <summary>Whether only folders are listed.</summary>
    [Parameter]
    public SwitchParameter Directory { get; set; }

    /// <summary>Whether only names are emitted.</summary>
    [Parameter]
    public SwitchParameter Name { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path)
    {
        var pattern = Filter is null ? null : WildcardPattern.Get(Filter, WildcardOptions.IgnoreCase);
        foreach (var item in InvokeProvider.ChildItem.Get([path], Recurse, Force, IsLiteral))
        {
            var name = item.Properties["PSChildName"]?.Value as string ?? item.ToString();
            var isContainer = item.Properties["PSIsContainer"]?.Value is true;
            if ((pattern?.IsMatch(name) ?? true) && !(File && isContainer) && !(Directory && !isContainer))
            {
                WriteObject(Name ? name : item);
            }
        }
    }
}
