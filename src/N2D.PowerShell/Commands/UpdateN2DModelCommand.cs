using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Takes more rows into the UMAP of a fitted pipeline.</para>
/// <para type="description">Emits a new model of the rows of the fit and the added ones. The stages before UMAP stay as they are. The
/// neighbors are those of all rows
/// together; the layout goes on from where the rows lie, and the rows of the fit move only a little. The clusterer is fitted anew to that
/// layout, with the same
/// settings, so that clusters may change and get other numbers. The last stage of the model must be UMAP. A supervised UMAP, or one that
/// was fitted to given
/// neighbors, cannot be updated.</para>
/// </summary>
[Cmdlet(VerbsData.Update, "N2DModel")]
[OutputType(typeof(FittedPipeline))]
public sealed class UpdateN2DModelCommand : ModelRowsCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRows()
    {
        var rows = RawRows();
        WriteObject(RunLong($"Updating the model with {rows.Dataset}", ThreadCount, execution => Pipeline.Update(rows, execution, ExcludeColumn)));
    }
}
