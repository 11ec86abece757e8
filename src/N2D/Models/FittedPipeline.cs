using System.Diagnostics;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// A fitted model: all stages and the clusterer, applied to rows as they are imported. It can be saved, loaded elsewhere, and applied to
/// new rows. Immutable.
/// </summary>
/// <remarks>
/// The same rows give the same bytes on any CPU. The exception is an autoencoder that is computed by libtorch (see
/// <see cref="Autoencoders.Autoencoder.Fit"/>): this requires the same number of threads and the same kind of CPU. A model that was fitted
/// on a GPU is applied on the CPU, with results that differ in the last digits.
/// </remarks>
public sealed class FittedPipeline
{
    private readonly FittedStage[] _stages;
    private readonly FittedClusterer? _clusterer;

    internal FittedPipeline(ModelDocument document, FittedStage[] stages, FittedClusterer? clusterer)
    {
        Document = document;
        _stages = stages;
        _clusterer = clusterer;
    }

    /// <summary>The name of the training data set.</summary>
    public string Dataset => Document.Data.Name;

    /// <summary>The stages before the clusterer, such as <c>Autoencoder &gt; Umap</c>; <c>Raw</c> if there are none.</summary>
    public string Stages => GetDescription().Stages;

    /// <summary>The clusterer's name; null if there is none.</summary>
    public string? Method => _clusterer?.Name;

    /// <summary>The number of clusters; null without a clusterer.</summary>
    public int? ClusterCount => _clusterer?.ClusterCount;

    /// <summary>The number of training rows.</summary>
    public int RowCount => Document.Data.RowCount;

    /// <summary>The number of columns that are clustered. The column of groups is required, too, but not counted.</summary>
    public int ColumnCount => Document.Data.FeatureCount;

    /// <summary>The required shape of images; null if the training rows were not images.</summary>
    public ImageShape? ImageShape => Document.Data.ImageShape;

    /// <summary>The description of the model, as in a file.</summary>
    internal ModelDocument Document { get; }

    /// <summary>Creates the pipeline of a clustering.</summary>
    /// <param name="result">The result of a fit.</param>
    /// <param name="execution">
    /// Threads, progress and cancellation. Up to 10,000 training rows are sent through the pipeline, to fit the scale of the novelty.
    /// </param>
    /// <exception cref="N2DException">The result is that of an applied model, not of a fit (<c>NotFitted</c>).</exception>
    public static FittedPipeline Of(ClusterResult result, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        return !result.IsApplied
            ? Make(result.GetEmbedding(), result.GetClusterer(), ScoreDocument.Of(result), execution, result.Names.ToArray())
            : throw new N2DException(
                "NotFitted",
                ErrorKind.InvalidArgument,
                $"These clusters of '{result.Dataset}' come from a model that was applied to the rows, not fitted to them. Save that "
                    + "model instead.",
                result);
    }

    /// <summary>Creates the pipeline of an embedding, without a clusterer.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">The embedding is a data set without fitted stages (<c>NothingFitted</c>).</exception>
    public static FittedPipeline Of(Embedding embedding, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        return embedding.GetStages().Count > 0
            ? Make(embedding, null, null, execution)
            : throw new N2DException(
                "NothingFitted",
                ErrorKind.InvalidArgument,
                $"Data set '{embedding.Dataset}' has no fitted stages, so there is no model to save.",
                embedding);
    }

    /// <summary>Reads a pipeline from a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The file does not exist (<c>FileNotFound</c>), cannot be read (<c>ReadFailed</c>, <c>AccessDenied</c>), is damaged
    /// (<c>CorruptSafetensors</c>, <c>CorruptModel</c>), is not a model (<c>NotAModel</c>), or has a later format (<c>ModelTooNew</c>).
    /// </exception>
    public static FittedPipeline Load(string path, Execution? execution = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelFile.Read(path, execution ?? Execution.Default);
    }

    /// <summary>Reads the description of a pipeline from a file, without its arrays.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">As for <see cref="Load"/>.</exception>
    public static ModelDescription Describe(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelFile.Describe(path);
    }

    /// <summary>Saves the pipeline: writes a temporary file and renames it. An existing file is replaced.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">Threads, progress and cancellation of indexes that are built for the file. Null for the default.</param>
    /// <param name="hasTimes">
    /// Whether the file has the times of the fit. If not, they are 0, and equal fits have equal files, byte for byte.
    /// </param>
    /// <exception cref="N2DException">
    /// The file cannot be written (<c>FileNotWritten</c>), or a stage cannot be saved (<c>NotSavable</c>).
    /// </exception>
    public void Save(string path, Execution? execution = null, bool hasTimes = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelFile.Write(path, this, execution ?? Execution.Default, hasTimes);
    }

    /// <summary>Returns the description of the model.</summary>
    public ModelDescription GetDescription() => new(null, null, Document);

    /// <summary>Returns the stages in order.</summary>
    public IReadOnlyList<FittedStage> GetStages() => _stages;

    /// <summary>Returns the clusterer; null if there is none.</summary>
    public FittedClusterer? GetClusterer() => _clusterer;

    /// <summary>Returns the required columns, so that a reader can skip the others.</summary>
    public RequiredColumns GetRequiredColumns() => GetDescription().GetRequiredColumns();

    /// <summary>Applies the stages to rows.</summary>
    /// <param name="dataset">Rows as imported, with the columns of the fit, in any order if they have names.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="excludedColumns">
    /// Columns to exclude: names, wildcards, or positions from 1, or from the end by -1. Null for none.
    /// </param>
    /// <exception cref="N2DException">
    /// The columns are not those of the fit (<c>ColumnMismatch</c>), the images have another shape (<c>ImageShapeMismatch</c>), or a stage
    /// cannot transform a row, or any new rows (<c>NoTransform</c>).
    /// </exception>
    public Embedding Transform(Dataset dataset, Execution execution, IReadOnlyList<string>? excludedColumns = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(execution);
        return Run(dataset, excludedColumns, execution).Embedding;
    }

    /// <summary>Assigns rows to clusters, and measures their novelty.</summary>
    /// <param name="dataset">Rows as imported, with the columns of the fit, in any order if they have names.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="excludedColumns">
    /// Columns to exclude: names, wildcards, or positions from 1, or from the end by -1. Null for none.
    /// </param>
    /// <exception cref="N2DException">
    /// There is no clusterer (<c>NoClusterer</c>), the columns are not those of the fit (<c>ColumnMismatch</c>), the images have another
    /// shape (<c>ImageShapeMismatch</c>), or a stage cannot transform a row, or any new rows (<c>NoTransform</c>).
    /// </exception>
    public ClusterResult Score(Dataset dataset, Execution execution, IReadOnlyList<string>? excludedColumns = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(execution);
        if (_clusterer is null)
        {
            throw new N2DException(
                "NoClusterer",
                ErrorKind.InvalidArgument,
                $"The model of '{Dataset}' was saved from an embedding and has no clusterer. Transform the rows instead of scoring "
                    + "them, or save a clustering.",
                this);
        }

        var clock = Stopwatch.StartNew();
        var (embedding, distances) = Run(dataset, excludedColumns, execution);
        var (prediction, novelty) = Assign(embedding.GetRows(), distances, execution);
        return ClusterResult.Apply(embedding, _clusterer, prediction, novelty, clock.Elapsed.TotalSeconds, execution)
            .WithNames(ClusterNames.Of(Document.ClusterNames ?? []));
    }

    /// <summary>
    /// Adds rows to the layout of a pipeline that ends in UMAP. The stages before UMAP stay the same, the layout is updated (see
    /// <see cref="Umap.Update"/>), and the clusterer is refitted to it with the same settings and seed.
    /// </summary>
    /// <param name="dataset">Rows as imported, with the columns of the fit, in any order if they have names.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="excludedColumns">Columns to exclude; null for none.</param>
    /// <returns>
    /// The pipeline of all rows. Its layout has the rows of the first fit first. Its scores are those that require no labels. Its clusters
    /// are numbered anew and have no names.
    /// </returns>
    /// <exception cref="N2DException">
    /// The pipeline does not end in UMAP, or its UMAP does not have the training data (<c>UpdateNotPossible</c>); or as for
    /// <see cref="Transform"/>.
    /// </exception>
    public FittedPipeline Update(Dataset dataset, Execution execution, IReadOnlyList<string>? excludedColumns = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(execution);
        if (_stages is not [.. var before, Umap umap])
        {
            throw new N2DException(
                "UpdateNotPossible",
                ErrorKind.InvalidArgument,
                $"Only a model whose last stage is UMAP can be updated; the stages of this model are {Stages}. Fit a new model to all "
                    + "rows.",
                this);
        }

        umap.ThrowIfNoUpdate();
        var added = PipelineRun.RowsOf(Fitting(dataset, excludedColumns, execution), before, execution);
        var updated = umap.Update(added, execution);
        var clusterer = _clusterer?.Refit(updated.Layout, _clusterer.Seed, execution);
        FittedStage[] stages = [.. before, updated];
        var document = Document with
        {
            FormatVersion = ModelDocument.UnnamedFormat,
            ClusterNames = null,
            SoftwareVersion = ModelDocument.CurrentSoftware,
            Data = Document.Data with { RowCount = updated.Rows.RowCount },
            Stages = Array.ConvertAll(stages, PartDocument.Of),
            Clusterer = clusterer is null ? null : PartDocument.Of(clusterer),
            Scores = clusterer is null ? null : ScoreDocument.Of(clusterer, updated.Layout, execution),
            Novelty = Document.Novelty?.WithLast(updated, updated.Rows, execution),
        };
        return new FittedPipeline(document, stages, clusterer);
    }

    /// <inheritdoc/>
    public override string ToString() => GetDescription().ToString();

    private static FittedPipeline Make(
        Embedding embedding, FittedClusterer? clusterer, ScoreDocument? scores, Execution execution, string?[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(execution);
        FittedStage[] stages = [.. embedding.GetStages()];
        var document = new ModelDocument(
            names is null ? ModelDocument.UnnamedFormat : ModelDocument.CurrentFormat,
            ModelDocument.CurrentSoftware,
            DataDocument.Of(embedding.GetDataset()),
            Array.ConvertAll(stages, PartDocument.Of),
            clusterer is null ? null : PartDocument.Of(clusterer),
            scores,
            NoveltyScale.Fit(embedding.GetDataset().GetRawMatrix(), stages, clusterer, execution),
            names);
        if (stages.FirstOrDefault(stage => stage.WhyNoTransform is not null) is { } last)
        {
            execution.Warn?.Invoke(
                $"The model cannot be applied to rows other than those of '{document.Data.Name}'. {last.WhyNoTransform}");
        }

        return new FittedPipeline(document, stages, clusterer);
    }

    private (ClusterPrediction Prediction, float[]? Novelty) Assign(Matrix rows, float[]?[] distances, Execution execution)
    {
        if (Document.Novelty is not { IsOfClusterer: true } scale)
        {
            return (_clusterer!.Predict(rows, execution), Document.Novelty?.Of(distances));
        }

        var measured = _clusterer!.Measure(rows, execution);
        return (measured.Prediction, scale.Of([measured.Distances]));
    }

    private (Embedding Embedding, float[]?[] Distances) Run(Dataset dataset, IReadOnlyList<string>? excludedColumns, Execution execution)
    {
        // Check all stages before the first one starts.
        foreach (var stage in _stages)
        {
            stage.ThrowIfNoTransform();
        }

        var fitting = Fitting(dataset, excludedColumns, execution);
        var run = PipelineRun.Of(fitting, _stages, execution);
        return (fitting.AppendAll(_stages, run.Rows), run.Distances);
    }

    /// <summary>Returns the rows with the columns of the fit. Rejects missing values that the model cannot replace.</summary>
    private Dataset Fitting(Dataset dataset, IReadOnlyList<string>? excludedColumns, Execution execution)
    {
        var fitting = ColumnFit.Apply(dataset, Document.Data, excludedColumns ?? [], execution);
        if (Document.Data.DropsMissing)
        {
            return fitting.DropMissing();
        }

        const string Missing = nameof(PreparationOptions.MissingValue);
        Preparation.ThrowIfGroupMissing(
            fitting,
            "The model scales each row by the figures of its group. Fill in the groups, or leave out such rows. To have a model leave them "
                + $"out, set {Missing} to Drop when the rows of its fit are read.",
            Missing);
        if (!_stages.OfType<Imputer>().Any())
        {
            Preparation.ThrowIfMissing(
                fitting,
                TableTerms.Default,
                new Advice(
                    "The model was fitted to rows without missing values and cannot replace them. Fill them in, or set "
                        + $"{nameof(PreparationOptions.MissingValue)} when the rows of the fit are read.",
                    nameof(PreparationOptions.MissingValue)));
        }

        return fitting;
    }
}
