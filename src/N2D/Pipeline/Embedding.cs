using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>
/// An embedding: n rows in d dimensions, with their labels and the fitted stages that produced them from a data set. Immutable, so one
/// embedding can be the input of several stages.
/// </summary>
/// <remarks>Scalars are properties, and bulk data are methods, because serializers write every property.</remarks>
public class Embedding
{
    private readonly IDataMatrix _rows;
    private readonly WeakReference<Matrix?> _inMemory = new(null);
    private readonly Dataset _origin;
    private readonly FittedStage[] _stages;

    /// <summary>Creates the embedding before any stage: the data set itself.</summary>
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
            throw new ArgumentException($"A stage returned {rows.RowCount} rows for {previous.RowCount}.", nameof(rows));
        }

        Dataset = previous.Dataset;
        _rows = rows;
        _origin = previous._origin;
        _stages = [.. previous._stages, stage];
    }

    /// <summary>The name of the data set.</summary>
    public string Dataset { get; }

    /// <summary>The fitted stages in order, such as <c>Autoencoder &gt; Umap</c>; <c>Raw</c> if there are none.</summary>
    public string Stages => _stages.Length == 0 ? "Raw" : string.Join(" > ", _stages.Select(stage => stage.Name));

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _rows.RowCount;

    /// <summary>The number of dimensions, d.</summary>
    public int Dimension => _rows.ColumnCount;

    /// <summary>The number of classes; null without labels.</summary>
    public int? ClassCount => _origin.Labels?.ClassCount;

    /// <summary>The seed of the last stage; null if there is none.</summary>
    public int? Seed => _stages.Length == 0 ? null : _stages[^1].Seed;

    /// <summary>The total duration of all stages, in seconds.</summary>
    public double Seconds => _stages.Sum(stage => stage.Seconds);

    /// <summary>The names of the columns, or of the first ones if there are many; null after a stage whose columns have no names.</summary>
    public string? Columns => GetColumnNames() is { } names ? Quotation.NamesOf(names) : null;

    /// <summary>The rows, n x d, in memory or in a file, for algorithms that read them in parts.</summary>
    /// <exception cref="N2DException">They have missing values or categories that no stage has handled (<c>NotPrepared</c>).</exception>
    public IDataMatrix GetDataMatrix()
    {
        ThrowIfNotPrepared();
        return _rows;
    }

    /// <summary>The rows in memory, n x d.</summary>
    /// <exception cref="N2DException">They are in a file and do not fit in memory (<c>DoesNotFitInMemory</c>).</exception>
    public Matrix GetRows() => GetRows(Execution.Default);

    /// <summary>The rows in memory, n x d. Rows in a file are read, and shared as long as they are in use.</summary>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">They are in a file and do not fit in memory (<c>DoesNotFitInMemory</c>).</exception>
    public Matrix GetRows(Execution execution)
    {
        ThrowIfNotPrepared();
        return GetRawRows(execution);
    }

    /// <summary>The rows, n x d, with missing values as NaN and categories as codes.</summary>
    internal IDataMatrix GetRawMatrix() => _rows;

    /// <summary>The rows in memory, n x d, with missing values as NaN and categories as codes.</summary>
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

    /// <summary>Whether all rows are equal. Stops reading at the first row that differs.</summary>
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
    /// The number that was subtracted from each column of the source because float32 cannot represent the differences between such large
    /// numbers; null if none was, which is the usual case.
    /// </summary>
    public IReadOnlyList<double>? GetOffsets() => _stages.Length == 0 ? _origin.Raw.Offsets : null;

    /// <summary>The name of each column; null after a stage whose columns have no names, such as UMAP.</summary>
    public IReadOnlyList<string>? GetColumnNames()
    {
        IReadOnlyList<string>? names = _origin.GetSourceColumnNames();
        foreach (var stage in _stages)
        {
            names = names is null ? null : stage.NamesOf(names);
        }

        return names;
    }

    /// <summary>The row number of each row in the source, from 0. Dropped rows keep theirs.</summary>
    public IEnumerable<int> EnumeratePlaces() => _origin.Dropped?.PlacesOfKept(RowCount) ?? Enumerable.Range(0, RowCount);

    /// <summary>The number of a row in the source, from 0. It differs from the row if rows were dropped.</summary>
    /// <param name="row">The row, from 0.</param>
    internal int PlaceOf(int row) => _origin.Dropped?.PlaceOf(row) ?? row;

    /// <summary>The class of each row; null without labels.</summary>
    public Labels? GetLabels() => _origin.Labels;

    /// <summary>The original data set.</summary>
    public Dataset GetDataset() => _origin;

    /// <summary>The id of each row, which identifies it in its source; null if there are none.</summary>
    public IReadOnlyList<string>? GetIds() => _origin.Ids;

    /// <summary>The name of the column or property that contained the ids; null if there are no ids, or if it is unknown.</summary>
    public string? GetIdName() => _origin.IdName;

    /// <summary>The weight of each row, 0 or more, for clusterers that support weights; null if each row counts once.</summary>
    public IReadOnlyList<double>? GetWeights() => _origin.Weights;

    /// <summary>The shape of the images if rows are images; otherwise null.</summary>
    public ImageShape? GetImageShape() => GetImageShape(_stages.Length);

    /// <summary>The shape of the images that the first stages return; null if their output is not images.</summary>
    /// <param name="stageCount">The number of the first stages.</param>
    internal ImageShape? GetImageShape(int stageCount) => _stages.Take(stageCount).All(KeepsPixels) ? _origin.ImageShape : null;

    /// <summary>The preset of the stages.</summary>
    public Preset GetPreset() => _stages.Select(stage => stage.Preset).LastOrDefault(preset => preset != Preset.Default);

    /// <summary>The fitted stages in order.</summary>
    public IReadOnlyList<FittedStage> GetStages() => _stages;

    /// <summary>Appends a stage.</summary>
    /// <param name="stage">The stage that was fitted to this embedding.</param>
    /// <param name="rows">The output of the stage, n x stage.OutputDimension.</param>
    public Embedding Append(FittedStage stage, IDataMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(rows);
        return new Embedding(this, stage, rows);
    }

    /// <summary>Appends several stages, and keeps only the output of the last one.</summary>
    /// <param name="stages">The stages in order.</param>
    /// <param name="rows">The output of the last stage; the rows themselves if there are no stages.</param>
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

    /// <summary>Whether the output of a stage has a pixel for each input pixel: scaling has, and replacing missing values.</summary>
    private static bool KeepsPixels(FittedStage stage) =>
        stage.Role is StageRole.Scaling or StageRole.Preparation && stage.InputDimension == stage.OutputDimension;

    /// <summary>
    /// Throws if the rows have missing values or categories that no stage has handled. Such rows are read for a model, which handles them.
    /// </summary>
    private void ThrowIfNotPrepared()
    {
        if (_stages.Length == 0 && !_origin.Raw.AreNumbers)
        {
            throw new N2DException(
                "NotPrepared",
                ErrorKind.InvalidArgument,
                $"Data set '{Dataset}' has {(_origin.Raw.Gaps.Count > 0 ? "missing values" : "categories")} that no stage has "
                    + "handled, because it was read for a model. Apply the model to it, or read it without the model.",
                this);
        }
    }
}
