using System.Management.Automation;
using N2D.Autoencoders;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Returns the epochs of an autoencoder's training: Epoch, Loss, ValidationLoss, Seconds.</para>
/// <para type="description">Returns one object for each epoch, for Export-Csv, or for Export-N2DPlot, which draws the loss
/// curve.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DTrainingHistory")]
[OutputType(typeof(TrainingEpoch))]
public sealed class GetN2DTrainingHistoryCommand : N2DCmdlet
{
    /// <summary>
    /// <para type="description">An embedding or a clustering whose pipeline has an autoencoder.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        var history = StageInput.AutoencoderOf(InputObject.BaseObject).GetHistory();
        if (history.Count == 0)
        {
            WriteWarning("The weights of the autoencoder come from a file, so there is no training history.");
        }

        WriteObject(history, enumerateCollection: true);
    }
}
