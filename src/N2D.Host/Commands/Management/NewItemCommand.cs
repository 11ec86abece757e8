using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for New-Item: makes a file or a folder.</summary>
[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class NewItemCommand : ItemCommand
{
    /// <summary>The item's name, below the path.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary><c>File</c> or <c>Directory</c>.</summary>
    [Parameter]
    [Alias("Type")]
    public string ItemType { get; set; } = "File";

    /// <summary>What is in it.</summary>
    [Parameter]
    public object? Value { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path) =>
        WriteObject(InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true);
}
