using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Adds rows to the UMAP of a fitted pipeline.</para>
/// <para type="description">Returns a new model of the original and the added rows. The stages before UMAP do not change. UMAP searches the
/// neighbors among all rows and continues from the existing layout, so the original rows move only a little. The clusterer is fitted again
/// with the same settings, so clusters can change and get other numbers.</para>
/// <para type="description">The last stage of the model must be UMAP. A supervised UMAP, or one that was fitted to given neighbors, cannot
/// be updated.</para>
/// </summary>
[Cmdlet(VerbsData.Update, "N2DModel")]
[OutputType(typeof(FittedPipeline))]
public sealed class UpdateN2DModelCommand : ModelRowsCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRows()
    {
        var rows = RawRows();
        WriteObject(
            RunLong($"Updating the model with {rows.Dataset}", ThreadCount, execution => Pipeline.Update(rows, execution, ExcludeColumn)));
    }
}
