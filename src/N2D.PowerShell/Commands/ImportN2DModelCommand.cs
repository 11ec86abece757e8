using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads a fitted pipeline that Export-N2DModel saved.</para>
/// <para type="description">Pass the output to Invoke-N2DModel -Model. Nothing in the file is run, and a damaged file is refused with
/// the reason.</para>
/// </summary>
[Cmdlet(VerbsData.Import, "N2DModel", DefaultParameterSetName = "ByPath")]
[OutputType(typeof(FittedPipeline))]
public sealed class ImportN2DModelCommand : ModelFileCmdlet
{
    /// <inheritdoc/>
    protected override object Read(string path) => ReadModel(path, 0);
}
