using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Runs rows in memory through a network that libtorch computes on a device.</summary>
/// <param name="plan">The plan of the network.</param>
/// <param name="network">The network.</param>
/// <param name="device">Its device.</param>
/// <param name="session">The use of libtorch that ends with this object; null if it continues.</param>
internal sealed class LibtorchNetwork(NetworkPlan plan, ITensorNetwork network, Device device, LibtorchSession? session = null) : INetwork
{
    /// <summary>Creates a network on the processor, to encode and decode.</summary>
    /// <param name="plan">The network, which requires libtorch.</param>
    /// <param name="parameters">All weights and biases; copied.</param>
    /// <param name="execution">Threads.</param>
    /// <exception cref="N2DException">libtorch cannot be loaded (<c>TorchUnavailable</c>).</exception>
    public static LibtorchNetwork OnProcessor(NetworkPlan plan, float[] parameters, Execution execution)
    {
        var session = new LibtorchSession(LibtorchNeed.Of(plan.Options)!, plan.Options.Precision, execution.ThreadCount);
        try
        {
            return new LibtorchNetwork(plan, TensorNetworks.Create(plan, parameters, CPU), CPU, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<float> rows, Span<float> codes) => Run(network.Encode, rows, plan.InputDimension, codes);

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<float> codes, Span<float> rows) => Run(network.Decode, codes, plan.Options.LatentDimension, rows);

    /// <inheritdoc/>
    public void Reconstruct(ReadOnlySpan<float> rows, Span<float> reconstruction) =>
        Run(input => network.Decode(network.Encode(input)), rows, plan.InputDimension, reconstruction);

    /// <inheritdoc/>
    public void Dispose() => session?.Dispose();

    private void Run(Func<Tensor, Tensor> part, ReadOnlySpan<float> input, int columnCount, Span<float> output)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var values = empty(input.Length / columnCount, columnCount);
        input.CopyTo(MemoryMarshal.Cast<byte, float>(values.bytes));
        MemoryMarshal.Cast<byte, float>(part(values.to(device)).contiguous().cpu().bytes).CopyTo(output);
    }
}
