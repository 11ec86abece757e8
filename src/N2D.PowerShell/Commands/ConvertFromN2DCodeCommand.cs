using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Decodes codes to rows, in the columns and units of the data set.</para>
/// <para type="description">For an embedding, returns each row decoded: an autoencoder and PCA reconstruct rows from their codes, and
/// scaling and categories are reversed. For a clustering, returns a prototype of each cluster: the decoded mean code of its rows.</para>
/// <para type="description">Codes are the output of the stages before the first manifold learner other than PCA. UMAP, t-SNE, Isomap and
/// LLE cannot decode; decode their input instead. Values have the scale of the data set: pixels of images range from 0 to 1.</para>
/// </summary>
[Cmdlet(VerbsData.ConvertFrom, "N2DCode")]
[OutputType(typeof(PSObject), typeof(Dataset))]
public sealed class ConvertFromN2DCodeCommand : ThreadedCmdlet
{
    private FittedPipeline? _model;

    /// <summary>
    /// <para type="description">The embedding, or a clustering for the prototypes of its clusters. With -Model, a data set of codes.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, Position = 0)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The model that decodes a data set of codes, with the stages before the first one that cannot decode. The
    /// data set must have as many columns as the output of these stages.</para>
    /// </summary>
    [Parameter]
    [TakesModel]
    [ValidateNotNull]
    public ModelArgument? Model { get; set; }

    /// <summary>
    /// <para type="description">Returns a data set instead of an object for each row. The ids of prototypes are the numbers of their
    /// clusters.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter AsDataset { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        if (Model is not null)
        {
            ModelRowsCmdlet.ThrowIfNoModel(Model);
            _model = Model.Model ?? ReadModel(ResolveFilePath(Model.Path!), ThreadCount);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        switch (StageInput.Behind(InputObject.BaseObject))
        {
            case ClusterResult result when _model is null:
                var prototypes = Decode(execution => DecodedRows.Of(result, execution));
                Write(prototypes.Rows, row => [("Cluster", prototypes.Clusters[row]), ("RowCount", prototypes.Counts[row])]);
                break;
            case Dataset codes when _model is not null:
                Write(Decode(execution => DecodedRows.Of(_model, codes, execution)), new RowIdentity(codes).Of);
                break;
            case Embedding embedding when _model is null:
                Write(Decode(execution => DecodedRows.Of(embedding, execution)), new RowIdentity(embedding).Of);
                break;
            case var other when _model is not null && other is ClusterResult or Embedding:
                throw new N2DException(
                    "CodesNeeded",
                    ErrorKind.InvalidArgument,
                    "-Model decodes a data set of codes. The input already has its stages, so remove -Model.",
                    other);
            case var other:
                throw new N2DException(
                    "NotAnEmbedding",
                    ErrorKind.InvalidType,
                    $"{MyInvocation.MyCommand.Name} takes an embedding or a clustering, not a {other.GetType().Name}. "
                        + $"{StageInput.RemotingAdvice}",
                    other);
        }
    }

    private TResult Decode<TResult>(Func<Execution, TResult> work) => RunLong("Decoding", ThreadCount, work);

    private void Write(Dataset rows, Func<int, IEnumerable<(string Name, object? Value)>> lead)
    {
        if (AsDataset)
        {
            WriteObject(rows);
            return;
        }

        var (names, source, offsets) = (rows.GetColumnNames(), rows.GetSourceRows(), new ColumnOffsets(rows));
        for (var row = 0; row < source.RowCount; row++)
        {
            var values = source.GetRow(row);
            var item = new PSObject();
            foreach (var (name, value) in lead(row))
            {
                item.Properties.Add(new PSNoteProperty(name, value));
            }

            for (var column = 0; column < values.Length; column++)
            {
                // A column of the data set can have the name Index or Label. Its value is the one to return.
                ItemProperties.Set(item, names[column], Decoded(rows, offsets, column, values[column]));
            }

            WriteObject(item);
        }
    }

    /// <summary>A decoded value: a number in the units of the data set, the name of a category, or null if it is not known.</summary>
    private static object? Decoded(Dataset rows, ColumnOffsets offsets, int column, float value) =>
        float.IsNaN(value) ? null
        : rows.IsCategory(column) ? rows.CategoryOf(column, (int)value)
        : offsets.Restore(column, value);
}
