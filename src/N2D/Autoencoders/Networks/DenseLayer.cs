using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>The part of a flat vector that belongs to a dense layer: its weights and biases, or their gradient.</summary>
/// <param name="Weights">One value for each weight, inputs x outputs.</param>
/// <param name="Biases">One value for each bias, 1 x outputs.</param>
internal readonly record struct DenseLayer(MatrixView Weights, MatrixView Biases)
{
    /// <summary>Returns the part of each layer.</summary>
    /// <param name="vector">A vector in the layout of the shape.</param>
    /// <param name="shape">The layers.</param>
    public static unsafe DenseLayer[] AllOf(NativeVector vector, NetworkShape shape)
    {
        var layers = new DenseLayer[shape.LayerCount];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = new DenseLayer(
                MatrixView.Of(vector.Values + shape.Weights(layer).Offset, shape.Inputs(layer), shape.Outputs(layer)),
                MatrixView.Of(vector.Values + shape.Biases(layer).Offset, 1, shape.Outputs(layer)));
        }

        return layers;
    }
}
