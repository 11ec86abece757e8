using System.Management.Automation;
using N2D.Study;

namespace N2D.PowerShell;

/// <summary>
/// Takes what a parameter wants, or what stands for it: a row of Compare-N2DMethod for its clustering. Anything else becomes nothing, so that the cmdlet itself refuses it, once and with what to do about
/// it; the engine would do so once an object, and only say that nothing binds.
/// </summary>
/// <param name="wanted">What the parameter wants.</param>
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
