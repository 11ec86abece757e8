using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Creates the networks that libtorch computes.</summary>
internal static class TensorNetworks
{
    /// <summary>Creates a network with initial weights, or a joint network of one member for each seed.</summary>
    /// <param name="plan">The network. The gradient of a joint network is computed by explicit products.</param>
    /// <param name="seeds">The seed of the weights of each network.</param>
    /// <param name="device">The device.</param>
    /// <param name="batchSizes">The batch sizes that gradients will be computed for.</param>
    public static ITensorNetwork Create(
        NetworkPlan plan, IReadOnlyList<int> seeds, Device device, params ReadOnlySpan<int> batchSizes)
    {
        if (seeds.Count == 1)
        {
            return Create(plan, plan.Layout.InitialValues(seeds[0]), device, batchSizes);
        }

        var parameters = zeros(seeds.Count, plan.Layout.Count, device: device);
        for (var member = 0; member < seeds.Count; member++)
        {
            using var values = tensor(plan.Layout.InitialValues(seeds[member]));
            using var row = parameters[member];
            row.copy_(values);
        }

        return new TensorDenseNetwork(plan.Dense!, parameters, batchSizes);
    }

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
            _ when plan.HasManualBackprop => new TensorDenseNetwork(plan.Dense!, Upload(parameters, device), batchSizes),
            _ => new FlexibleDenseNetwork(plan.Dense!, plan.Options, parameters, device),
        };

    /// <summary>Returns a member of a joint network, to encode and decode; or the network itself if it is the only one.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="network">The network with all members.</param>
    /// <param name="member">The index of the member.</param>
    public static ITensorNetwork Member(NetworkPlan plan, ITensorNetwork network, int member) =>
        network.Parameters.dim() == 1 ? network : new TensorDenseNetwork(plan.Dense!, network.Parameters[member]);

    /// <summary>Returns the view of the values of a member; or all values if there is only one network.</summary>
    /// <param name="values">The values of all members.</param>
    /// <param name="member">The index of the member.</param>
    /// <param name="sharedRank">The number of dimensions of the values of one network.</param>
    public static Tensor Member(Tensor values, int member, int sharedRank) => values.dim() == sharedRank ? values : values[member];

    private static Tensor Upload(float[] values, Device device)
    {
        using var copy = tensor(values);
        return copy.to(device);
    }
}
