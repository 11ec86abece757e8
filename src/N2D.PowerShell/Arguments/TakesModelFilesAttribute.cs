using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell;

/// <summary>Takes the file of a model's description, as Get-N2DModel puts it out, where paths of model files belong. The engine would take its text for a path before it looks at its Path.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesModelFilesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => ItemProperties.Unwrapped(inputData) switch
    {
        ModelDescription { Path: { } path } => new[] { path },
        object[] items when items.Any(item => ItemProperties.Unwrapped(item) is ModelDescription) => Array.ConvertAll(items, item => ItemProperties.Unwrapped(item) is ModelDescription { Path: { } path } ? path : item),
        _ => inputData,
    };
}
