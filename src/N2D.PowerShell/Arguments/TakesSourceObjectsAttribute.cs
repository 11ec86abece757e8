using System.Collections;
using System.ComponentModel;
using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Converts an object, a list of objects or a table to objects, each in its engine's wrapper.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesSourceObjectsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        IEnumerable items = ItemProperties.Unwrapped(inputData) switch
        {
            null => Array.Empty<object>(),
            IListSource table => table.GetList(),
            IList list => list,
            _ => new[] { inputData },
        };
        return items.Cast<object?>().OfType<object>().Select(PSObject.AsPSObject).ToArray();
    }
}
