using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>The dense layers of a network, or of all members of a joint network: views into a flat tensor.</summary>
/// <param name="Weights">The weights of each layer, inputs x outputs, or members x inputs x outputs.</param>
/// <param name="Biases">The biases of each layer, one for each output, or members x outputs.</param>
internal sealed record TensorLayers(Tensor[] Weights, Tensor[] Biases)
{
    /// <summary>Finds the layers in a flat tensor.</summary>
    /// <param name="shape">The layers.</param>
    /// <param name="flat">The values of one network, or of each member in a row.</param>
    public static TensorLayers In(NetworkShape shape, Tensor flat) => new(
        [.. Enumerable.Range(0, shape.LayerCount).Select(layer => shape.Weights(layer).In(flat))],
        [.. Enumerable.Range(0, shape.LayerCount).Select(layer => shape.Biases(layer).In(flat))]);
}
