using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the rows of a clustering: index, label, cluster, probability, novelty, outlier score.</para>
/// <para type="description">Rows that came with an id (ConvertTo-N2DDataset -IdProperty) have it first. Novelty is there of rows that a model was applied to
/// (Invoke-N2DModel): how far a row lies from what the model was fitted to, in units of what 99 of 100 of its training rows stay within. OutlierScore is
/// there of Hdbscan: from 0, amid its part of the hierarchy, to 1, far outside of all that is dense. Emits one object a row,
/// as it comes, ready for Where-Object, Group-Object and Export-Csv.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DAssignment")]
[OutputType(typeof(ClusterAssignment), typeof(IdentifiedAssignment))]
public sealed class GetN2DAssignmentCommand : N2DCmdlet
{
    /// <summary>
    /// <para type="description">What Invoke-N2DCluster or Invoke-N2DModel emitted, or a row of Compare-N2DMethod.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Takes(typeof(ClusterResult))]
    [AllowNull]
    public ClusterResult InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">Also lists the rows that were left out for their missing values (-MissingValue Drop of Import-N2DDataset and ConvertTo-N2DDataset), in
    /// their places, without a cluster.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeDropped { get; set; }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        StageInput.ThrowIfNoClusters(InputObject);
        WriteObject(InputObject.EnumerateAssignments(IncludeDropped), enumerateCollection: true);
    }
}
