using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Describes a model file without reading its arrays.</para>
/// <para type="description">Returns the data set and its columns, the stages and their settings, the scores of the fit, and the
/// versions of the format and of the software.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DModel", DefaultParameterSetName = "ByPath")]
[OutputType(typeof(ModelDescription))]
public sealed class GetN2DModelCommand : ModelFileCmdlet
{
    /// <inheritdoc/>
    protected override object Read(string path) => FittedPipeline.Describe(path);
}
