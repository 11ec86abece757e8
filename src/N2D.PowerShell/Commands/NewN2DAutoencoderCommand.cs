using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Trains an autoencoder on a data set and encodes its rows.</para>
/// <para type="description">The network is dense, d-500-500-2000-c and its mirror image, as in the N2D study. What comes out is the embedding of the
/// rows in c dimensions; the trained autoencoder is its last stage.</para>
/// </summary>
[Cmdlet(VerbsCommon.New, "N2DAutoencoder")]
[OutputType(typeof(Embedding))]
public sealed class NewN2DAutoencoderCommand : FittingCmdlet
{
    private static readonly AutoencoderOptions Defaults = new();

    /// <summary>
    /// <para type="description">The width of the code, c.</para>
    /// </summary>
    [Parameter]
    public int LatentDimension { get; set; } = Defaults.LatentDimension;

    /// <summary>
    /// <para type="description">The widths of the encoder's hidden layers; the decoder's are the same in reverse.</para>
    /// </summary>
    [Parameter]
    public int[] HiddenUnit { get; set; } = [.. Defaults.HiddenUnits];

    /// <summary>
    /// <para type="description">The number of passes over all rows. Default: as many as make 4096 steps, from 10 to 100.</para>
    /// </summary>
    [Parameter]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">The number of rows a step.</para>
    /// </summary>
    [Parameter]
    public int BatchSize { get; set; } = Defaults.BatchSize;

    /// <summary>
    /// <para type="description">The step size of the optimiser, Adam.</para>
    /// </summary>
    [Parameter]
    public float LearningRate { get; set; } = Defaults.LearningRate;

    /// <summary>
    /// <para type="description">Where to train. Auto takes a GPU where there is one that this build of the module can use.</para>
    /// </summary>
    [Parameter]
    public ComputeDevice Device { get; set; } = Defaults.Device;

    /// <inheritdoc/>
    protected override void CheckParameters() => Options().ThrowIfDeviceUnavailable();

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input) => AutoencoderOptions.ThrowIfTooFewRows(input.RowCount);

    /// <inheritdoc/>
    protected override void Fit()
    {
        var options = Options();
        var (autoencoder, codes) = RunLong(
            "Training the autoencoder", ThreadCount, execution => Autoencoder.Fit(InputObject.GetRows(), options, execution));
        WriteObject(InputObject.Append(autoencoder, codes));
    }

    private AutoencoderOptions Options() => new()
    {
        LatentDimension = LatentDimension,
        HiddenUnits = HiddenUnit,
        Epochs = Epoch,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Seed = Seed,
        Device = Device,
    };
}
