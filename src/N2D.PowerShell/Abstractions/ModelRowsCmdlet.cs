using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Base class of the cmdlets that apply a fitted pipeline to rows.</summary>
public abstract class ModelRowsCmdlet : RowsCmdlet
{
    /// <summary>
    /// <para type="description">The model: the output of Import-N2DModel or Get-N2DModel, or the path of the file.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [TakesModel]
    [ValidateNotNull]
    public ModelArgument Model { get; set; } = null!;

    /// <summary>
    /// <para type="description">The columns to ignore that the model does not have: names, wildcards, or positions from 1, or from the end
    /// from -1.</para>
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? ExcludeColumn { get; set; }

    /// <inheritdoc/>
    private protected override string Arguments => " $model";

    /// <summary>The model.</summary>
    private protected FittedPipeline Pipeline { get; private set; } = null!;

    /// <summary>The rows as they were imported.</summary>
    /// <exception cref="N2DException">The rows are the output of stages (<c>RawRowsNeeded</c>).</exception>
    private protected Dataset RawRows() => InputObject as Dataset ?? throw new N2DException(
        "RawRowsNeeded",
        ErrorKind.InvalidArgument,
        $"A model takes imported rows, but the rows of '{InputObject.Dataset}' are the output of {InputObject.Stages}. Import them with "
            + "-Model and without -Standardize and -MissingValue: the model prepares them.",
        InputObject);

    /// <summary>Checks the model first, so that the error is about the model if the user mixes up the model and the rows.</summary>
    protected override void BeginProcessing()
    {
        EndingAll(() => ThrowIfNoModel(Model));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        Pipeline = Model.Model ?? Load(Model.Path!);
    }

    /// <summary>Rejects an argument that is not a model.</summary>
    /// <exception cref="N2DException">It is not a model (<c>NotAModel</c>).</exception>
    internal static void ThrowIfNoModel(ModelArgument model)
    {
        if (model.Refusal is { } reason)
        {
            throw new N2DException("NotAModel", ErrorKind.InvalidArgument, reason, model);
        }
    }

    private FittedPipeline Load(string path)
    {
        try
        {
            return ReadModel(ResolveFilePath(path), ThreadCount);
        }
        catch (N2DException error) when (error.Id == "CorruptSafetensors"
            && !Path.GetExtension(path).Equals(".n2d", StringComparison.OrdinalIgnoreCase))
        {
            // The user probably gave a file of rows as the model.
            throw new N2DException("NotAModel", error.Kind, $"{error.Message} If the file holds rows, import it: "
                + $"Import-N2DDataset {path} | {MyInvocation.MyCommand.Name}{Arguments}.", error.Target, error);
        }
    }
}
