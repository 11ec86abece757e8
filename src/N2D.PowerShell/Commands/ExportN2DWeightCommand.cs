using System.Management.Automation;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Saves the weights of a trained autoencoder to a safetensors file.</para>
/// <para type="description">New-N2DAutoencoder -Weights applies them to the same rows, or to others with as many columns. The arrays
/// are named encoder.0.weight, encoder.0.bias, ..., decoder.0.weight, ...; weights are inputs x outputs, as in Keras.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "N2DWeight", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportN2DWeightCommand : ExportCmdlet
{
    /// <summary>
    /// <para type="description">An embedding or a clustering whose pipeline has an autoencoder.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void CheckPath(string path)
    {
        base.CheckPath(path);
        if (System.IO.Path.GetExtension(path).ToUpperInvariant() is ".H5" or ".HDF5" or ".KERAS" or ".PT" or ".PTH")
        {
            throw new N2DException(
                "ExtensionNotWritten",
                ErrorKind.InvalidArgument,
                $"Weights are written in the safetensors format, but '{System.IO.Path.GetFileName(path)}' has the extension of another "
                    + "format. Use .safetensors.",
                path);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        var autoencoder = StageInput.AutoencoderOf(InputObject.BaseObject);
        WriteFile("Write weights", "Writing the weights", (path, _) => autoencoder.SaveWeights(path));
    }
}
