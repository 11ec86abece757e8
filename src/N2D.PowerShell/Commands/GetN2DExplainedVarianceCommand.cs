using System.Management.Automation;
using N2D.Manifolds;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists how much of the variance each principal component explains: Component, Variance, Ratio,
/// CumulativeRatio.</para>
/// <para type="description">Returns one object for each component that Invoke-N2DPca kept, for Format-Table or Export-Csv. Use it to see
/// how many components the rows need.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DExplainedVariance")]
[OutputType(typeof(ComponentVariance))]
public sealed class GetN2DExplainedVarianceCommand : N2DCmdlet
{
    /// <summary>
    /// <para type="description">The output of Invoke-N2DPca or of a cmdlet after it: an embedding or a clustering.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessObject() =>
        WriteObject(StageInput.PcaOf(InputObject.BaseObject).GetExplainedVariance(), enumerateCollection: true);
}
