using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>What the cmdlets share that bring rows to a fitted pipeline.</summary>
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
    /// <para type="description">Columns of the rows that the model does not know, to leave out: names, wildcards, or positions from 1, or
    /// from the end by -1.</para>
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? ExcludeColumn { get; set; }

    /// <inheritdoc/>
    private protected override string Arguments => " $model";

    /// <summary>The model that was given or read.</summary>
    private protected FittedPipeline Pipeline { get; private set; } = null!;

    /// <summary>The rows as they were imported.</summary>
    /// <exception cref="N2DException">They went through stages already (<c>RawRowsNeeded</c>).</exception>
    private protected Dataset RawRows() => InputObject as Dataset ?? throw new N2DException(
        "RawRowsNeeded",
        ErrorKind.InvalidArgument,
        $"A model takes rows as they are imported, and these of '{InputObject.Dataset}' went through {InputObject.Stages} already: give it the data set itself.",
        InputObject);

    /// <summary>Looks at the model first: where it and the rows have changed places, that is what to tell.</summary>
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

    /// <summary>Refuses what is no model.</summary>
    /// <exception cref="N2DException">It is none (<c>NotAModel</c>).</exception>
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
        catch (N2DException error) when (error.Id == "CorruptSafetensors" && !Path.GetExtension(path).Equals(".n2d", StringComparison.OrdinalIgnoreCase))
        {
            // Who gives rows first means them.
            throw new N2DException("NotAModel", error.Kind, $"{error.Message} If it holds rows, it is the model that comes first: Import-N2DDataset {path} | {MyInvocation.MyCommand.Name}{Arguments}.", error.Target, error);
        }
    }
}
