using N2D.Devices;
using N2D.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// Trains any network on any device by libtorch, or several dense networks that differ only in their seeds: as one network of batched
/// products, so that a step has as many operations as that of one network.
/// </summary>
internal sealed class LibtorchTrainer : ITrainer
{
    private readonly AutoencoderOptions _options;
    private readonly IReadOnlyList<int> _seeds;
    private readonly Execution _execution;
    private readonly int _columnCount;
    private readonly LibtorchSession _session;
    private readonly DeviceRows _rows;
    private readonly ITensorNetwork _network;
    private readonly TensorOptimizer _optimizer;
    private readonly Tensor _squaredErrors;
    private readonly Tensor? _average;

    /// <summary>Creates the networks with their initial weights, and copies the rows to a GPU if they fit.</summary>
    /// <param name="rows">The rows to train on. Batches have the same sizes for all seeds.</param>
    /// <param name="plan">The network.</param>
    /// <param name="seeds">The seeds: one, or several if the gradient of the network is computed by explicit products.</param>
    /// <param name="device">The device.</param>
    /// <param name="isResident">Whether a GPU holds all rows.</param>
    /// <param name="execution">Threads.</param>
    /// <exception cref="N2DException">libtorch cannot be loaded (<c>TorchUnavailable</c>).</exception>
    public LibtorchTrainer(
        TrainingRows rows,
        NetworkPlan plan,
        IReadOnlyList<int> seeds,
        ComputeDevice device,
        bool isResident,
        Execution execution)
    {
        _options = plan.Options;
        _seeds = seeds;
        _execution = execution;
        _columnCount = plan.InputDimension;
        var need = LibtorchNeed.Of(_options, device) ?? new LibtorchNeed(nameof(_options.Device), device);
        _session = new LibtorchSession(need, _options.Precision, execution.ThreadCount);
        try
        {
            var place = device.OfLibtorch();
            _rows = new DeviceRows(rows.All, place, isResident);
            _network = TensorNetworks.Create(plan, seeds, place, rows.BatchSize, rows.LastBatchSize);
            _optimizer = TensorOptimizer.Create(_network.Parameters, _network.Gradient, _options);
            _squaredErrors = zeros(_network.Parameters.shape[..^1], device: place);
            _average = _options.WeightAveraging > 0 ? zeros_like(_network.Parameters) : null;
            var best = zeros_like(_network.Parameters);
            Networks =
            [
                .. Enumerable.Range(0, seeds.Count).Select(member => new LibtorchTrainedNetwork(
                    plan, TensorNetworks.Member(plan, _network, member), _optimizer, _rows, place)
                {
                    SquaredErrorSum = TensorNetworks.Member(_squaredErrors, member, sharedRank: 0),
                    Best = TensorNetworks.Member(best, member, sharedRank: 1),
                    Average = _average is null ? null : TensorNetworks.Member(_average, member, sharedRank: 1),
                    OptimizerState = _optimizer.State.ToDictionary(
                        entry => entry.Key, entry => TensorNetworks.Member(entry.Value, member, sharedRank: 1)),
                }),
            ];
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ITrainedNetwork> Networks { get; }

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<int> batches, int epoch, double factor)
    {
        using var scope = NewDisposeScope();
        var rows = _rows.Load(batches, [.. _squaredErrors.shape, batches.Length / _seeds.Count, _columnCount]);
        var randomSeeds = _seeds.Select(seed =>
            (long)(new RandomSequence(seed, RandomPurpose.Training, _optimizer.StepCount).NextUInt64() >> 1)).ToArray();
        _network.ComputeGradient(rows, InputOf(rows, randomSeeds), _squaredErrors, randomSeeds[0]);
        _optimizer.Step(factor, _execution);
        if (_average is not null)
        {
            // The tensor must outlive libtorch's call.
            using Tensor weight = MovingAverage.WeightOf(_options.WeightAveraging, _optimizer.StepCount);
            _average.lerp_(_network.Parameters, weight);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <summary>Returns the networks' input: the rows, or for denoising autoencoders, the rows with some values set to zero.</summary>
    private Tensor InputOf(Tensor rows, long[] randomSeeds)
    {
        if (_options.Kind != AutoencoderKind.Denoising || _options.Corruption == 0)
        {
            return rows;
        }

        var uniform = randomSeeds.Select(seed => UniformOf(rows.shape[^2..], seed, rows.device)).ToArray();
        var all = uniform.Length == 1 ? uniform[0] : stack(uniform);
        using Scalar corruption = _options.Corruption;
        return rows * all.ge(corruption).to(ScalarType.Float32);
    }

    private static Tensor UniformOf(long[] sizes, long randomSeed, Device device)
    {
        // A random sequence other than the network's own.
        using var generator = new Generator((ulong)~randomSeed, device);
        return rand(sizes, device: device, generator: generator);
    }
}
