using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>A network that <see cref="LibtorchTrainer"/> trains: the only one, or a member of a joint network.</summary>
/// <param name="plan">The network.</param>
/// <param name="network">Its parameters on the device.</param>
/// <param name="optimizer">The optimizer of all members.</param>
/// <param name="rows">The rows.</param>
/// <param name="device">The device.</param>
internal sealed class LibtorchTrainedNetwork(
    NetworkPlan plan, ITensorNetwork network, TensorOptimizer optimizer, DeviceRows rows, Device device) : ITrainedNetwork
{
    /// <summary>The sum of the squared errors of the current epoch, a scalar.</summary>
    public required Tensor SquaredErrorSum { get; init; }

    /// <summary>The parameters of the best epoch.</summary>
    public required Tensor Best { get; init; }

    /// <summary>The moving average of the parameters; null without one.</summary>
    public required Tensor? Average { get; init; }

    /// <summary>The tensors of the optimizer, by name.</summary>
    public required IReadOnlyDictionary<string, Tensor> OptimizerState { get; init; }

    /// <inheritdoc/>
    public INetwork Network { get; } = new LibtorchNetwork(plan, network, device);

    /// <inheritdoc/>
    public int StepCount
    {
        get => optimizer.StepCount;
        set => optimizer.StepCount = value;
    }

    /// <inheritdoc/>
    public float SquaredErrors
    {
        get
        {
            using var copy = SquaredErrorSum.cpu();
            return copy.item<float>();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<TrainingArray> Arrays =>
    [
        ArrayOf("parameters", network.Parameters),
        ArrayOf("squared_errors", SquaredErrorSum),
        ArrayOf("best_parameters", Best),
        .. Average is null ? [] : new[] { ArrayOf("average", Average) },
        .. OptimizerState.Select(entry => ArrayOf(entry.Key, entry.Value)),
    ];

    /// <inheritdoc/>
    public void ResetSquaredErrors() => SquaredErrorSum.zero_();

    /// <inheritdoc/>
    public double SquaredErrorsOf(ReadOnlySpan<int> batch)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var target = rows.Load(batch, batch.Length, plan.InputDimension);

        // If libtorch summed over all rows, the order would depend on the number of threads.
        var errors = (network.Decode(network.Encode(target)) - target).square().sum(1, keepdim: true);
        return ReconstructionError.Total(MemoryMarshal.Cast<byte, float>(errors.cpu().bytes));
    }

    /// <inheritdoc/>
    public void SwapAverage()
    {
        if (Average is not null)
        {
            using var parameters = network.Parameters.clone();
            network.Parameters.copy_(Average);
            Average.copy_(parameters);
        }
    }

    /// <inheritdoc/>
    public void KeepBest() => Best.copy_(network.Parameters);

    /// <inheritdoc/>
    public void RestoreBest() => network.Parameters.copy_(Best);

    /// <inheritdoc/>
    public float[] CopyParameters() => Copy(network.Parameters);

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
}
