using System.Globalization;
using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>
/// Reports that several columns are given where one is expected. The engine would report a failed conversion of System.Object[].
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneColumnAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (ItemProperties.Unwrapped(inputData) is not object?[] given)
        {
            return inputData;
        }

        string[] names = [.. given.Select(name => Convert.ToString(ItemProperties.Unwrapped(name), CultureInfo.InvariantCulture) ?? "")];
        return given.Length == 1
            ? given[0]
            : throw new ArgumentTransformationMetadataException(
                $"The parameter takes one name, but {names.Length} were given: {Quotation.NamesOf(names)}.");
    }
}
