using System.Management.Automation;
using N2D.Study;

namespace N2D.PowerShell;

/// <summary>
/// Accepts values of a type, and a row of Compare-N2DMethod as its clustering. Anything else becomes null, so that the cmdlet can reject it
/// once, with advice. The engine would report a failed binding for each object.
/// </summary>
/// <param name="wanted">The type.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesAttribute(Type wanted) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var item = ItemProperties.Unwrapped(inputData);
        item = item is MethodScore score ? score.GetResult() : item;
        return wanted.IsInstanceOfType(item) ? item : null;
    }
}
