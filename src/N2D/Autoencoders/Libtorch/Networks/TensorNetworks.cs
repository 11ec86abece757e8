using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Creates the networks that libtorch computes.</summary>
internal static class TensorNetworks
{
    /// <summary>Creates a network on a device.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="parameters">All weights and biases; copied.</param>
    /// <param name="device">The device.</param>
    /// <param name="batchSizes">
    /// The batch sizes that gradients will be computed for; empty for a network that only encodes and decodes.
    /// </param>
    public static ITensorNetwork Create(NetworkPlan plan, float[] parameters, Device device, params ReadOnlySpan<int> batchSizes) =>
        plan.Options switch
        {
            { Kind: AutoencoderKind.Convolutional } => new ConvolutionalNetwork(plan.Convolutional!, plan.Options, parameters, device),
            { Kind: AutoencoderKind.Variational } => new VariationalNetwork(plan.Dense!, plan.Options, parameters, device),
            _ when plan.HasManualBackprop => new TensorDenseNetwork(plan.Dense!, parameters, device, batchSizes),
            _ => new FlexibleDenseNetwork(plan.Dense!, plan.Options, parameters, device),
        };
}
