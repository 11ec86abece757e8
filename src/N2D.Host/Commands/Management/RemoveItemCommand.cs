using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Remove-Item: deletes files and folders.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class RemoveItemCommand : ItemCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public override string[] Path { get; set; } = [];

    /// <summary>Whether a folder goes with all that is in it.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path)
    {
        // The provider takes what is in a folder along without a word.
        foreach (var item in InvokeProvider.Item.Get([path], Force, IsLiteral))
        {
            var full = (string)item.Properties["PSPath"].Value;
            if (!Recurse && item.Properties["PSIsContainer"]?.Value is true && InvokeProvider.ChildItem.HasChild(full, Force, literalPath: true))
            {
                var error = new PSInvalidOperationException($"'{path}' is not empty; -Recurse deletes it with all that is in it.");
                WriteError(new ErrorRecord(error, "DirectoryNotEmpty", ErrorCategory.InvalidOperation, path));
            }
            else
            {
                // The provider asks by itself whether it should.
                InvokeProvider.Item.Remove([full], Recurse, Force, literalPath: true);
            }
        }
    }
}
