using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>
/// The widths of a dense autoencoder and where its parameters lie in one flat buffer: layer after layer, the weights (inputs x outputs, row-major)
/// before the biases.
/// </summary>
internal sealed class NetworkShape
{
    private readonly int[] _widths;
    private readonly int[] _offsets;

    /// <summary>Lays out an encoder of the given widths and its mirror image.</summary>
    /// <exception cref="N2DException">It has more parameters than an array holds (<c>NetworkTooLarge</c>).</exception>
    public NetworkShape(int inputDimension, IReadOnlyList<int> hiddenUnits, int latentDimension)
    {
        _widths = [inputDimension, .. hiddenUnits, latentDimension, .. hiddenUnits.Reverse(), inputDimension];
        EncoderLayerCount = hiddenUnits.Count + 1;
        _offsets = new int[_widths.Length];
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var end = _offsets[layer] + ((Inputs(layer) + 1L) * Outputs(layer));
            _offsets[layer + 1] = end <= Array.MaxLength
                ? (int)end
                : throw new N2DException(
                    "NetworkTooLarge",
                    ErrorKind.InvalidArgument,
                    $"The network {this} has more than {Array.MaxLength} parameters. Ask for fewer hidden units, or give fewer columns.",
                    inputDimension);
        }
    }

    /// <summary>The number of layers of weights, encoder and decoder together.</summary>
    public int LayerCount => _widths.Length - 1;

    /// <summary>The number of layers of the encoder; its last one's output is the code.</summary>
    public int EncoderLayerCount { get; }

    /// <summary>The number of weights and biases of all layers.</summary>
    public int ParameterCount => _offsets[^1];

    /// <summary>The number of columns that go in and are rebuilt.</summary>
    public int InputDimension => _widths[0];

    /// <summary>The width of the code.</summary>
    public int LatentDimension => _widths[EncoderLayerCount];

    public int Inputs(int layer) => _widths[layer];

    public int Outputs(int layer) => _widths[layer + 1];

    public int WeightOffset(int layer) => _offsets[layer];

    public int BiasOffset(int layer) => _offsets[layer] + (Inputs(layer) * Outputs(layer));

    /// <summary>Whether a ReLU follows: after all layers but the code and the reconstruction.</summary>
    public bool IsRectified(int layer) => layer != EncoderLayerCount - 1 && layer != LayerCount - 1;

    /// <summary>Uniform weights of variance 2 / (inputs + outputs) and zero biases (Glorot and Bengio, 2010, eq. 16).</summary>
    /// <param name="seed">The seed; the same weights on every device.</param>
    public float[] InitialParameters(int seed)
    {
        var parameters = new float[ParameterCount];
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var limit = (float)Math.Sqrt(6.0 / (Inputs(layer) + Outputs(layer)));
            var random = new RandomSequence(seed, RandomPurpose.Weights, layer);
            foreach (ref var weight in parameters.AsSpan(WeightOffset(layer), Inputs(layer) * Outputs(layer)))
            {
                weight = limit * ((2 * random.NextSingle()) - 1);
            }
        }

        return parameters;
    }

    /// <summary>The widths up to the code, such as <c>784-500-500-2000-10</c>.</summary>
    public override string ToString() => string.Join('-', _widths[..(EncoderLayerCount + 1)]);
}
