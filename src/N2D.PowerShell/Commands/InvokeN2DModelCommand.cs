using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Applies a fitted pipeline to rows that it was not fitted to.</para>
/// <para type="description">Emits a clustering of the rows, whose assignments tell the cluster, its probability and the novelty of each row, or the embedding alone.
/// A row's place depends on nothing but the row and the model. The rows come as Import-N2DDataset reads them, with the columns that the model was fitted to, whose order does not matter where they
/// have names.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DModel")]
[OutputType(typeof(ClusterResult), typeof(Embedding))]
public sealed class InvokeN2DModelCommand : RowsCmdlet
{
    private const string ScoredType = "N2D.Models.ClusterResult#Scored";

    private FittedPipeline? _model;

    /// <summary>
    /// <para type="description">The model, as Import-N2DModel reads it, the path of its file, or what Get-N2DModel tells of that.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [TakesModel]
    [ValidateNotNull]
    public ModelArgument Model { get; set; } = null!;

    /// <summary>
    /// <para type="description">Columns of the rows that the model does not know, to leave out: names, wildcards, or positions from 1, or from the end by -1.</para>
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? ExcludeColumn { get; set; }

    /// <summary>
    /// <para type="description">Emit what the stages make of the rows, and look for no clusters.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter EmbeddingOnly { get; set; }

    /// <inheritdoc/>
    private protected override string Arguments => " $model";

    /// <summary>Looks at the model first: where it and the rows have changed places, that is what to tell.</summary>
    protected override void BeginProcessing()
    {
        EndingAll(() =>
        {
            if (Model.Refusal is { } reason)
            {
                throw new N2DException("NotAModel", ErrorKind.InvalidArgument, reason, Model);
            }
        });
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        _model = Model.Model ?? RunLong($"Reading {Path.GetFileName(Model.Path)}", ThreadCount, execution => Load(Model.Path!, execution));
    }

    /// <inheritdoc/>
    protected override void ProcessRows()
    {
        var dataset = InputObject as Dataset ?? throw new N2DException(
            "RawRowsNeeded",
            ErrorKind.InvalidArgument,
            $"A model takes rows as they are imported, and these of '{InputObject.Dataset}' went through {InputObject.Stages} already: give it the data set itself.",
            InputObject);
        var applied = new PSObject(RunLong<object>($"Applying the model to {dataset.Dataset}", ThreadCount, execution => EmbeddingOnly
            ? _model!.Transform(dataset, execution, ExcludeColumn)
            : _model!.Score(dataset, execution, ExcludeColumn)));
        if (!EmbeddingOnly)
        {
            // Its own view: what scoring took and how many rows are novel, where that of a fit has the fit's seconds.
            applied.TypeNames.Insert(0, ScoredType);
        }

        WriteObject(applied);
    }

    private FittedPipeline Load(string path, Execution execution)
    {
        try
        {
            return FittedPipeline.Load(ResolveFilePath(path), execution);
        }
        catch (N2DException error) when (error.Id == "CorruptSafetensors" && !Path.GetExtension(path).Equals(".n2d", StringComparison.OrdinalIgnoreCase))
        {
            // Who gives rows first means them.
            throw new N2DException("NotAModel", error.Kind, $"{error.Message} If it holds rows, it is the model that comes first: Import-N2DDataset {path} | Invoke-N2DModel{Arguments}.", error.Target, error);
        }
    }
}
