using System.Diagnostics;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// A whole fitted model: what takes rows, as they come from an import, through every stage to their clusters. It can be saved, loaded elsewhere, and applied to
/// rows that it has never seen. Immutable.
/// </summary>
/// <remarks>
/// The same rows give the same bytes wherever it is applied on the processor; by the same number of threads on the same kind of processor, if an autoencoder is in it that
/// leaves its products to libtorch (see <see cref="Autoencoders.Autoencoder.Fit"/>). What was fitted on a GPU is applied on the processor, and differs in the last digits.
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

    /// <summary>The name of the data set that it was fitted to.</summary>
    public string Dataset => Document.Data.Name;

    /// <summary>The stages that rows go through, such as <c>Autoencoder &gt; Umap</c>; <c>Raw</c> if there are none.</summary>
    public string Stages => GetDescription().Stages;

    /// <summary>The clusterer's name; null if there is none.</summary>
    public string? Method => _clusterer?.Name;

    /// <summary>The number of clusters; null without a clusterer.</summary>
    public int? ClusterCount => _clusterer?.ClusterCount;

    /// <summary>The rows that it was fitted to.</summary>
    public int RowCount => Document.Data.RowCount;

    /// <summary>The columns that rows must have.</summary>
    public int ColumnCount => Document.Data.Columns.Length;

    /// <summary>The shape that rows have as images, where those of the fit were images: of another one they are refused.</summary>
    public ImageShape? ImageShape => Document.Data.ImageShape;

    /// <summary>What a file of it tells.</summary>
    internal ModelDocument Document { get; }

    /// <summary>The pipeline of a clustering.</summary>
    /// <param name="result">The result, of a fit.</param>
    /// <param name="execution">Threads, progress and cancellation: some thousand rows are sent through, to learn how far training rows lie from the fit.</param>
    /// <exception cref="N2DException">The result is of rows that a model was applied to, and not fitted to (<c>NotFitted</c>).</exception>
    public static FittedPipeline Of(ClusterResult result, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        return !result.IsApplied
            ? Make(result.GetEmbedding(), result.GetClusterer(), ScoreDocument.Of(result), execution)
            : throw new N2DException(
                "NotFitted", ErrorKind.InvalidArgument, $"These clusters of '{result.Dataset}' are what a model made of rows that it was not fitted to: save that model.", result);
    }

    /// <summary>The pipeline of an embedding, without a clusterer.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">It is a data set that nothing was fitted to (<c>NothingFitted</c>).</exception>
    public static FittedPipeline Of(Embedding embedding, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        return embedding.GetStages().Count > 0
            ? Make(embedding, null, null, execution)
            : throw new N2DException(
                "NothingFitted", ErrorKind.InvalidArgument, $"Nothing has been fitted to data set '{embedding.Dataset}' yet, so that there is no model to save.", embedding);
    }

    /// <summary>Reads a pipeline from a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// There is no such file (<c>FileNotFound</c>), it cannot be read (<c>ReadFailed</c>, <c>AccessDenied</c>), is damaged (<c>CorruptSafetensors</c>, <c>CorruptModel</c>),
    /// holds something else (<c>NotAModel</c>), or is of a later version (<c>ModelTooNew</c>).
    /// </exception>
    public static FittedPipeline Load(string path, Execution? execution = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelFile.Read(path, execution ?? Execution.Default);
    }

    /// <summary>Reads what a file tells of its pipeline, and none of its arrays.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">As for <see cref="Load"/>.</exception>
    public static ModelDescription Describe(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelFile.Describe(path);
    }

    /// <summary>Writes the pipeline beside its place and renames it, over a file that is there.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">It cannot be written (<c>FileNotWritten</c>), or has a stage that no file holds (<c>NotSavable</c>).</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelFile.Write(path, this);
    }

    /// <summary>What it is, in a table's row.</summary>
    public ModelDescription GetDescription() => new(null, null, Document);

    /// <summary>The stages in order.</summary>
    public IReadOnlyList<FittedStage> GetStages() => _stages;

    /// <summary>The clusterer; null if there is none.</summary>
    public FittedClusterer? GetClusterer() => _clusterer;

    /// <summary>The columns that rows must have, to read no others of a table.</summary>
    public RequiredColumns GetRequiredColumns() => GetDescription().GetRequiredColumns();

    /// <summary>Sends rows through the stages.</summary>
    /// <param name="dataset">Rows as imported, with the columns of the fit, in any order if they have names.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="excludedColumns">Columns of the rows to leave out: names, wildcards, or positions from 1, or from the end by -1. Null for none.</param>
    /// <exception cref="N2DException">
    /// The columns are not those of the fit (<c>ColumnMismatch</c>), the images of another shape (<c>ImageShapeMismatch</c>), a stage cannot place a row, or any that it was not fitted to (<c>NoTransform</c>).
    /// </exception>
    public Embedding Transform(Dataset dataset, Execution execution, IReadOnlyList<string>? excludedColumns = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(execution);
        return Run(dataset, excludedColumns, execution).Embedding;
    }

    /// <summary>Finds the clusters of rows, and how far each lies from what the pipeline was fitted to.</summary>
    /// <param name="dataset">Rows as imported, with the columns of the fit, in any order if they have names.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="excludedColumns">Columns of the rows to leave out: names, wildcards, or positions from 1, or from the end by -1. Null for none.</param>
    /// <exception cref="N2DException">
    /// There is no clusterer (<c>NoClusterer</c>), the columns are not those of the fit (<c>ColumnMismatch</c>), the images of another shape (<c>ImageShapeMismatch</c>), a stage cannot
    /// place a row, or any that it was not fitted to (<c>NoTransform</c>).
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
                $"The model of '{Dataset}' was saved from an embedding and has no clusterer: ask for the embedding alone (-EmbeddingOnly), or save a clustering.",
                this);
        }

        var clock = Stopwatch.StartNew();
        var (embedding, distances) = Run(dataset, excludedColumns, execution);
        var (prediction, novelty) = Assign(embedding.GetRows(), distances, execution);
        return ClusterResult.Apply(embedding, _clusterer, prediction, novelty, clock.Elapsed.TotalSeconds, execution);
    }

    /// <summary>
    /// Takes more rows into the map of a pipeline that ends in UMAP. The stages before stay as they are; the map is updated (see
    /// <see cref="Umap.Update"/>), and
    /// the clusterer is fitted anew to it, with the same settings and seed.
    /// </summary>
    /// <param name="dataset">Rows as imported, with the columns of the fit, in any order if they have names.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="excludedColumns">Columns of the rows to leave out; null for none.</param>
    /// <returns>The pipeline of all rows. Its map has those of the fit first. Its scores are those that need no labels.</returns>
    /// <exception cref="N2DException">
    /// The pipeline does not end in UMAP, or in one that lacks what it was fitted to (<c>UpdateNotPossible</c>); or as for
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
                $"Only a model whose last stage is UMAP takes in more rows; the stages of this one are {Stages}. Fit a model anew to all rows together.",
                this);
        }

        umap.ThrowIfNoUpdate();
        var added = PipelineRun.Of(Fitting(dataset, excludedColumns, execution).GetRawMatrix(), before, execution).Rows;
        var updated = umap.Update(added, execution);
        var clusterer = _clusterer?.Refit(updated.Layout, _clusterer.Seed, execution);
        FittedStage[] stages = [.. before, updated];
        var document = Document with
        {
            FormatVersion = ModelDocument.CurrentFormat,
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

    private static FittedPipeline Make(Embedding embedding, FittedClusterer? clusterer, ScoreDocument? scores, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        FittedStage[] stages = [.. embedding.GetStages()];
        var document = new ModelDocument(
            ModelDocument.CurrentFormat,
            ModelDocument.CurrentSoftware,
            DataDocument.Of(embedding.GetDataset()),
            Array.ConvertAll(stages, PartDocument.Of),
            clusterer is null ? null : PartDocument.Of(clusterer),
            scores,
            NoveltyScale.Fit(embedding.GetDataset().GetRawMatrix(), stages, clusterer, execution));
        if (stages.FirstOrDefault(stage => stage.WhyNoTransform is not null) is { } last)
        {
            execution.Warn?.Invoke($"This model holds where {last.Name} laid out the rows of '{document.Data.Name}', and cannot be applied to others: {last.WhyNoTransform}");
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
        // Of all stages, before the first begins its work.
        foreach (var stage in _stages)
        {
            stage.ThrowIfNoTransform();
        }

        var fitting = Fitting(dataset, excludedColumns, execution);
        var run = PipelineRun.Of(fitting.GetRawMatrix(), _stages, execution);
        return (fitting.AppendAll(_stages, run.Rows), run.Distances);
    }

    /// <summary>The rows with the columns of the fit, and without gaps that it has nothing to fill by.</summary>
    private Dataset Fitting(Dataset dataset, IReadOnlyList<string>? excludedColumns, Execution execution)
    {
        var fitting = ColumnFit.Apply(dataset, Document.Data, excludedColumns ?? [], execution);
        if (Document.Data.DropsMissing)
        {
            fitting = fitting.DropMissing();
        }
        else if (!_stages.OfType<Imputer>().Any())
        {
            Preparation.ThrowIfMissing(fitting, TableTerms.Default, "The model was fitted to rows without missing values, and has nothing to replace them by. Fill the gaps, or fit the model with a MissingValue policy.");
        }

        return fitting;
    }
}
