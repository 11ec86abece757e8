using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Get-Item: the items at paths.</summary>
[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItemCommand : ItemCommand
{
    /// <inheritdoc/>
    protected override void Process(string path) => WriteObject(InvokeProvider.Item.Get([path], Force, IsLiteral), enumerateCollection: true);
}
