using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>
/// What flows down the pipeline: n rows in d dimensions, with the labels of its rows and the chain of fitted stages that
/// made it out of the data set's rows. Immutable, so that one embedding can feed many stages.
/// </summary>
/// <remarks>Scalars are properties and bulk is behind methods: Export-Csv and ConvertTo-Json flatten every property.</remarks>
public class Embedding
{
    private readonly IDataMatrix _rows;
    private readonly WeakReference<Matrix?> _inMemory = new(null);
    private readonly Dataset _origin;
    private readonly FittedStage[] _stages;

    /// <summary>Makes the embedding of stage 0: the data set itself.</summary>
    private protected Embedding(string name, IDataMatrix rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(rows);
        Dataset = name;
        _rows = rows;
        _origin = (Dataset)this;
        _stages = [];
    }

    private Embedding(Embedding previous, FittedStage stage, IDataMatrix rows)
    {
        if (rows.RowCount != previous.RowCount)
        {
            throw new ArgumentException($"A stage made {rows.RowCount} rows of {previous.RowCount}.", nameof(rows));
        }

        Dataset = previous.Dataset;
        _rows = rows;
        _origin = previous._origin;
        _stages = [.. previous._stages, stage];
    }

    /// <summary>The name of the data set that the rows came from.</summary>
    public string Dataset { get; }

    /// <summary>The fitted stages in order, such as <c>Autoencoder &gt; Umap</c>; <c>Raw</c> if there are none.</summary>
    public string Stages => _stages.Length == 0 ? "Raw" : string.Join(" > ", _stages.Select(stage => stage.Name));

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _rows.RowCount;

    /// <summary>The number of dimensions, d.</summary>
    public int Dimension => _rows.ColumnCount;

    /// <summary>The number of label classes; null without labels.</summary>
    public int? ClassCount => _origin.Labels?.ClassCount;

    /// <summary>The seed of the last stage; null if there is none.</summary>
    public int? Seed => _stages.Length == 0 ? null : _stages[^1].Seed;

    /// <summary>Seconds that all stages took together.</summary>
    public double Seconds => _stages.Sum(stage => stage.Seconds);

    /// <summary>The names of the columns that are clustered, the first ones of many; null after a stage whose columns have none.</summary>
    public string? Columns => GetColumnNames() is { } names ? Quotation.NamesOf(names) : null;

    /// <summary>The rows, n x d, wherever they lie: for what goes through them without having all at once.</summary>
    /// <exception cref="N2DException">They have gaps or categories that no stage has treated (<c>NotPrepared</c>).</exception>
    public IDataMatrix GetDataMatrix()
    {
        ThrowIfNotPrepared();
        return _rows;
    }

    /// <summary>The rows in memory, n x d.</summary>
    /// <exception cref="N2DException">They are in a file, and the memory does not hold them (<c>DoesNotFitInMemory</c>).</exception>
    public Matrix GetRows() => GetRows(Execution.Default);

    /// <summary>The rows in memory, n x d. Those in a file are read, and shared for as long as anybody holds them.</summary>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">They are in a file, and the memory does not hold them (<c>DoesNotFitInMemory</c>).</exception>
    public Matrix GetRows(Execution execution)
    {
        ThrowIfNotPrepared();
        return GetRawRows(execution);
    }

    /// <summary>The rows, n x d, as they are: gaps are NaN, and categories are codes.</summary>
    internal IDataMatrix GetRawMatrix() => _rows;

    /// <summary>The rows in memory, n x d, as they are: gaps are NaN, and categories are codes.</summary>
    /// <param name="execution">Progress and cancellation.</param>
    internal Matrix GetRawRows(Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        if (_rows is Matrix matrix || _inMemory.TryGetTarget(out matrix!))
        {
            return matrix;
        }

        matrix = _rows.InMemory(Dataset, MachineMemory.FreeBytes, execution);
        _inMemory.SetTarget(matrix);
        return matrix;
    }

    /// <summary>Whether all rows are one, told at the first one that is not.</summary>
    public bool AreRowsAlike()
    {
        var (first, areAlike) = (new float[Dimension], true);
        _rows.CopyRows(0, first);
        _rows.ForEachBlock("comparing the rows", Execution.Default, (_, block) =>
        {
            for (var place = 0; place < block.Length && areAlike; place += Dimension)
            {
                areAlike = block.Span.Slice(place, Dimension).SequenceEqual(first);
            }

            return areAlike;
        });
        return areAlike;
    }

    /// <summary>
    /// What the values of each column are less than the numbers in the source, where float32 could not show how such large numbers differ; null if nothing, as of
    /// nearly all rows.
    /// </summary>
    public IReadOnlyList<double>? GetOffsets() => _stages.Length == 0 ? _origin.Raw.Offsets : null;

    /// <summary>The name of each column; null after a stage whose columns have none, such as UMAP.</summary>
    public IReadOnlyList<string>? GetColumnNames()
    {
        IReadOnlyList<string>? names = _origin.GetSourceColumnNames();
        foreach (var stage in _stages)
        {
            names = names is null ? null : stage.NamesOf(names);
        }

        return names;
    }

    /// <summary>The place of each row in what the data set was read from, from 0: rows that were left out keep theirs.</summary>
    public IEnumerable<int> EnumeratePlaces() => _origin.Dropped?.PlacesOfKept(RowCount) ?? Enumerable.Range(0, RowCount);

    /// <summary>The known class of each row; null without labels.</summary>
    public Labels? GetLabels() => _origin.Labels;

    /// <summary>The data set that the rows came from.</summary>
    public Dataset GetDataset() => _origin;

    /// <summary>The id of each row, to find it again where it came from; null if none were given.</summary>
    public IReadOnlyList<string>? GetIds() => _origin.Ids;

    /// <summary>What the ids were called where the rows came from, a property or a column; null if there are none, or nobody said.</summary>
    public string? GetIdName() => _origin.IdName;

    /// <summary>What each row counts, 0 or more, for the clusterers that take weights; null if each counts once.</summary>
    public IReadOnlyList<double>? GetWeights() => _origin.Weights;

    /// <summary>The shape of the images that the rows are; null if they are none, or are no longer.</summary>
    public ImageShape? GetImageShape() => _stages.All(stage => stage.Role == StageRole.Scaling) ? _origin.ImageShape : null;

    /// <summary>The recipe that the stages were asked for by; the default one if none was.</summary>
    public Preset GetPreset() => _stages.Select(stage => stage.Preset).LastOrDefault(preset => preset != Preset.Default);

    /// <summary>The fitted stages in order.</summary>
    public IReadOnlyList<FittedStage> GetStages() => _stages;

    /// <summary>The embedding after one more stage.</summary>
    /// <param name="stage">The stage that was fitted to this embedding.</param>
    /// <param name="rows">What it made of the rows, n x stage.OutputDimension.</param>
    public Embedding Append(FittedStage stage, IDataMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(rows);
        return new Embedding(this, stage, rows);
    }

    /// <summary>The embedding after several stages, of whose rows only the last ones are kept.</summary>
    /// <param name="stages">The stages in order.</param>
    /// <param name="rows">What the last one made of the rows; the rows themselves if there are no stages.</param>
    internal Embedding AppendAll(ReadOnlySpan<FittedStage> stages, Matrix rows)
    {
        var embedding = this;
        foreach (var stage in stages)
        {
            embedding = new Embedding(embedding, stage, rows);
        }

        return embedding;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset}: {Stages}, {RowCount} x {Dimension}";

    /// <summary>Refuses rows with gaps or categories that no stage has treated: such rows are read for a model, which treats them as its fit did.</summary>
    private void ThrowIfNotPrepared()
    {
        if (_stages.Length == 0 && !_origin.Raw.AreNumbers)
        {
            throw new N2DException(
                "NotPrepared",
                ErrorKind.InvalidArgument,
                $"Data set '{Dataset}' has {(_origin.Raw.Gaps.Count > 0 ? "missing values" : "categories")} that no stage has treated, as it was read for a model. Apply the model to it, or read it without the model.",
                this);
        }
    }
}
