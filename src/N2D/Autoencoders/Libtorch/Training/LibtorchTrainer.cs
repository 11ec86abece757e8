using System.Runtime.InteropServices;
using N2D.Devices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Trains any network on any device by libtorch.</summary>
internal sealed class LibtorchTrainer : ITrainer
{
    private readonly AutoencoderOptions _options;
    private readonly Execution _execution;
    private readonly Device _device;
    private readonly int _columnCount;
    private readonly LibtorchSession _session;
    private readonly DeviceRows _rows;
    private readonly Dictionary<int, Tensor> _batches;
    private readonly ITensorNetwork _network;
    private readonly TensorOptimizer _optimizer;
    private readonly Tensor _squaredErrors;
    private readonly Tensor _best;
    private readonly Tensor? _average;

    /// <summary>Creates the network with its initial weights, and copies the rows to a GPU if they fit.</summary>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="plan">The network.</param>
    /// <param name="device">The device.</param>
    /// <param name="isResident">Whether a GPU holds all rows.</param>
    /// <param name="execution">Threads.</param>
    /// <exception cref="N2DException">libtorch cannot be loaded (<c>TorchUnavailable</c>).</exception>
    public LibtorchTrainer(TrainingRows rows, NetworkPlan plan, ComputeDevice device, bool isResident, Execution execution)
    {
        _options = plan.Options;
        _execution = execution;
        _columnCount = plan.InputDimension;
        _session = new LibtorchSession(LibtorchNeed.Of(_options, device)!, _options.Precision, execution.ThreadCount);
        try
        {
            _device = device.OfLibtorch();
            _rows = new DeviceRows(rows.All, _device, isResident);
            int[] batchSizes = [rows.BatchSize, rows.LastBatchSize];
            _network = TensorNetworks.Create(plan, plan.Layout.InitialValues(_options.Seed), _device, batchSizes);
            _batches = batchSizes.Distinct().ToDictionary(size => size, size => zeros(size, _columnCount, device: _device));
            _optimizer = TensorOptimizer.Create(_network.Parameters, _network.Gradient, _options);
            _squaredErrors = zeros(Array.Empty<long>(), device: _device);
            _best = zeros_like(_network.Parameters);
            _average = _options.WeightAveraging > 0 ? zeros_like(_network.Parameters) : null;
            Network = new LibtorchNetwork(plan, _network, _device);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public INetwork Network { get; }

    /// <inheritdoc/>
    public int StepCount
    {
        get => _optimizer.StepCount;
        set => _optimizer.StepCount = value;
    }

    /// <inheritdoc/>
    public float SquaredErrors
    {
        get
        {
            using var copy = _squaredErrors.cpu();
            return copy.item<float>();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<TrainingArray> Arrays =>
    [
        ArrayOf("parameters", _network.Parameters),
        ArrayOf("squared_errors", _squaredErrors),
        ArrayOf("best_parameters", _best),
        .. _average is null ? [] : new[] { ArrayOf("average", _average) },
        .. _optimizer.State.Select(entry => ArrayOf(entry.Key, entry.Value)),
    ];

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<int> batch, int epoch, double factor)
    {
        using var scope = NewDisposeScope();
        var rows = _batches[batch.Length];
        _rows.Load(batch, rows);
        var randomSeed = (long)(new RandomSequence(_options.Seed, RandomPurpose.Training, StepCount).NextUInt64() >> 1);
        _network.ComputeGradient(rows, InputOf(rows, randomSeed), _squaredErrors, randomSeed);
        _optimizer.Step(factor, _execution);
        if (_average is not null)
        {
            // The tensor must outlive libtorch's call.
            using Tensor weight = MovingAverage.WeightOf(_options.WeightAveraging, StepCount);
            _average.lerp_(_network.Parameters, weight);
        }
    }

    /// <inheritdoc/>
    public void ResetSquaredErrors() => _squaredErrors.zero_();

    /// <inheritdoc/>
    public double SquaredErrorsOf(ReadOnlySpan<int> batch)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var rows = zeros(batch.Length, _columnCount, device: _device);
        _rows.Load(batch, rows);

        // If libtorch summed over all rows, the order would depend on the number of threads.
        var errors = (_network.Decode(_network.Encode(rows)) - rows).square().sum(1, keepdim: true);
        return ReconstructionError.Total(MemoryMarshal.Cast<byte, float>(errors.cpu().bytes));
    }

    /// <inheritdoc/>
    public void SwapAverage()
    {
        if (_average is not null)
        {
            using var parameters = _network.Parameters.clone();
            _network.Parameters.copy_(_average);
            _average.copy_(parameters);
        }
    }

    /// <inheritdoc/>
    public void KeepBest() => _best.copy_(_network.Parameters);

    /// <inheritdoc/>
    public void RestoreBest() => _network.Parameters.copy_(_best);

    /// <inheritdoc/>
    public float[] CopyParameters() => Copy(_network.Parameters);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static TrainingArray ArrayOf(string name, Tensor values) => new(name, values.shape, () => Copy(values), replacement =>
    {
        using var copy = tensor(replacement, values.shape);
        values.copy_(copy);
    });

    private static float[] Copy(Tensor values)
    {
        using var copy = values.cpu();
        return copy.data<float>().ToArray();
    }

    /// <summary>Returns the network's input: the rows, or for a denoising autoencoder, the rows with some values set to zero.</summary>
    private Tensor InputOf(Tensor rows, long randomSeed)
    {
        if (_options.Kind != AutoencoderKind.Denoising || _options.Corruption == 0)
        {
            return rows;
        }

        // A random sequence other than the network's own.
        using var generator = new Generator((ulong)~randomSeed, rows.device);
        return rows * (rand(rows.shape, device: rows.device, generator: generator) >= _options.Corruption).to(ScalarType.Float32);
    }
}
