using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell;

/// <summary>Converts the output of Get-N2DModel to the paths of its files. The engine would convert it to text instead.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesModelFilesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => ItemProperties.Unwrapped(inputData) switch
    {
        ModelDescription { Path: { } path } => new[] { path },
        object[] items when items.Any(item => ItemProperties.Unwrapped(item) is ModelDescription) =>
            Array.ConvertAll(items, item => ItemProperties.Unwrapped(item) is ModelDescription { Path: { } path } ? path : item),
        _ => inputData,
    };
}
