using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>Trains a <see cref="DenseNetwork"/> on the processor. The same seed gives the same bytes for any number of threads.</summary>
internal sealed unsafe class DenseTrainer : ITrainer, ITrainedNetwork
{
    private readonly TrainingRows _rows;
    private readonly AutoencoderOptions _options;
    private readonly Execution _execution;
    private readonly DenseNetwork _network;
    private readonly Backpropagation _backpropagation;
    private readonly Optimizer _optimizer;
    private readonly MovingAverage? _average;
    private readonly NativeVector? _best;
    private readonly NativeVector _batch;
    private readonly NativeVector? _corrupted;
    private float _squaredErrors;

    /// <summary>Creates the network with its initial weights.</summary>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="shape">The layers of the network.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public DenseTrainer(TrainingRows rows, NetworkShape shape, AutoencoderOptions options, Execution execution)
    {
        _rows = rows;
        _options = options;
        _execution = execution;
        _network = new DenseNetwork(shape, shape.Layout.InitialValues(options.Seed), execution);
        _backpropagation = new Backpropagation(shape, _network, execution);
        _optimizer = Optimizer.Create(_network.Parameters, options);
        _average = options.WeightAveraging > 0 ? new MovingAverage(_network.Parameters, options.WeightAveraging) : null;
        _best = options.Patience is null ? null : new NativeVector(_network.Parameters.Length);
        _batch = new NativeVector((long)rows.BatchSize * shape.InputDimension);
        _corrupted = options is { Kind: AutoencoderKind.Denoising, Corruption: > 0 } ? new NativeVector(_batch.Length) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ITrainedNetwork> Networks => [this];

    /// <inheritdoc/>
    public INetwork Network => _network;

    /// <inheritdoc/>
    public int StepCount
    {
        get => _optimizer.StepCount;
        set => _optimizer.StepCount = value;
    }

    /// <inheritdoc/>
    public float SquaredErrors => _squaredErrors;

    /// <inheritdoc/>
    public IReadOnlyList<TrainingArray> Arrays =>
    [
        ArrayOf("parameters", _network.Parameters),
        new("squared_errors", [], () => [_squaredErrors], values => _squaredErrors = values[0]),
        .. _best is null ? [] : new[] { ArrayOf("best_parameters", _best) },
        .. _average is null ? [] : new[] { ArrayOf("average", _average.Values) },
        .. _optimizer.State.Select(entry => ArrayOf(entry.Key, entry.Value)),
    ];

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<int> batches, int epoch, double factor)
    {
        var target = Load(batches);
        var input = target;
        if (_corrupted is not null)
        {
            input = ViewOf(_corrupted, batches.Length);
            Corruption.Apply(target, batches, _options, epoch, input, _execution);
        }

        _optimizer.BeginStep(factor);
        _squaredErrors += (float)_backpropagation.ComputeGradient(target, input, _optimizer);
        _average?.Add(StepCount, _execution);
    }

    /// <inheritdoc/>
    public void ResetSquaredErrors() => _squaredErrors = 0;

    /// <inheritdoc/>
    public double SquaredErrorsOf(ReadOnlySpan<int> batch)
    {
        var rows = Load(batch);
        var reconstruction = _network.Reconstruct(rows);
        var sum = 0.0;
        for (var row = 0; row < rows.RowCount; row++)
        {
            sum += FixedOrder.SquaredDistance<float>(
                new(rows.Row(row), rows.ColumnCount), new(reconstruction.Row(row), rows.ColumnCount));
        }

        return sum;
    }

    /// <inheritdoc/>
    public void SwapAverage() => _average?.Swap();

    /// <inheritdoc/>
    public void KeepBest()
    {
        if (_best is not null)
        {
            _network.Parameters.Span.CopyTo(_best.Span);
        }
    }

    /// <inheritdoc/>
    public void RestoreBest() => _best?.Span.CopyTo(_network.Parameters.Span);

    /// <inheritdoc/>
    public float[] CopyParameters() => _network.Parameters.Span.ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
        _corrupted?.Dispose();
        _batch.Dispose();
        _best?.Dispose();
        _average?.Dispose();
        _optimizer.Dispose();
        _backpropagation.Dispose();
        _network.Dispose();
    }

    private static TrainingArray ArrayOf(string name, NativeVector vector) =>
        new(name, [vector.Length], () => vector.Span.ToArray(), values => values.CopyTo(vector.Span));

    private MatrixView Load(ReadOnlySpan<int> batch)
    {
        var view = ViewOf(_batch, batch.Length);

        // A batch may have more values than a span can hold.
        var rowsPerCopy = Math.Max(Array.MaxLength / view.ColumnCount, 1);
        for (var start = 0; start < batch.Length; start += rowsPerCopy)
        {
            var part = batch[start..Math.Min(start + rowsPerCopy, batch.Length)];
            _rows.All.CopyRows(part, new Span<float>(view.Row(start), part.Length * view.ColumnCount));
        }

        return view;
    }

    private MatrixView ViewOf(NativeVector vector, int rowCount) => MatrixView.Of(vector.Values, rowCount, _rows.All.ColumnCount);
}
