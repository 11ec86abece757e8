using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Rejects copies of data sets and results (see <see cref="RowlessCopy"/>). The engine would convert them to text.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RejectsCopiesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        foreach (var item in ItemProperties.Unwrapped(inputData) as object[] ?? [inputData])
        {
            if (RowlessCopy.Is(item, out var advice))
            {
                throw new ArgumentTransformationMetadataException(advice);
            }
        }

        return inputData;
    }
}
