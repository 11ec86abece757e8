namespace N2D.Autoencoders;

/// <summary>The widths of a dense autoencoder, an encoder and its mirror image, and where its parameters lie.</summary>
internal sealed class NetworkShape
{
    private readonly int[] _inputs;
    private readonly int[] _outputs;
    private readonly string _text;

    /// <summary>Lays out an encoder of the given widths and its mirror image.</summary>
    /// <param name="inputDimension">d.</param>
    /// <param name="hiddenUnits">The widths of the encoder's hidden layers.</param>
    /// <param name="latentDimension">c.</param>
    /// <param name="outputsACode">What the encoder tells of each column of the code: 1, or 2 where it tells a variance as well.</param>
    /// <exception cref="N2DException">It has more parameters than an array holds (<c>NetworkTooLarge</c>).</exception>
    public NetworkShape(int inputDimension, IReadOnlyList<int> hiddenUnits, int latentDimension, int outputsACode = 1)
    {
        LatentDimension = latentDimension;
        EncoderLayerCount = hiddenUnits.Count + 1;
        _inputs = [inputDimension, .. hiddenUnits, latentDimension, .. hiddenUnits.Reverse()];
        _outputs = [.. hiddenUnits, (int)Math.Min((long)outputsACode * latentDimension, int.MaxValue), .. hiddenUnits.Reverse(), inputDimension];
        _text = string.Join('-', [inputDimension, .. hiddenUnits, latentDimension]);
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var name = layer < EncoderLayerCount ? $"encoder.{layer}" : $"decoder.{layer - EncoderLayerCount}";
            Layout.AddWeights($"{name}.weight", Inputs(layer), Outputs(layer), Inputs(layer), Outputs(layer));
            Layout.AddBiases($"{name}.bias", Outputs(layer));
        }
    }

    /// <summary>Layer after layer, the weights (inputs x outputs, row-major) before the biases.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>The number of layers of weights, encoder and decoder together.</summary>
    public int LayerCount => _inputs.Length;

    /// <summary>The number of layers of the encoder; its last one's output is the code.</summary>
    public int EncoderLayerCount { get; }

    /// <summary>The number of columns that go in and are rebuilt.</summary>
    public int InputDimension => _inputs[0];

    /// <summary>The width of the code.</summary>
    public int LatentDimension { get; }

    /// <summary>The width of what goes into a layer.</summary>
    public int Inputs(int layer) => _inputs[layer];

    /// <summary>The width of what comes out of a layer.</summary>
    public int Outputs(int layer) => _outputs[layer];

    /// <summary>The weights of a layer.</summary>
    public ParameterLayout.Block Weights(int layer) => Layout.Blocks[2 * layer];

    /// <summary>The biases of a layer.</summary>
    public ParameterLayout.Block Biases(int layer) => Layout.Blocks[(2 * layer) + 1];

    /// <summary>Whether an activation follows: after all layers but the code and the reconstruction.</summary>
    public bool IsActivated(int layer) => layer != EncoderLayerCount - 1 && layer != LayerCount - 1;

    /// <summary>The widths up to the code, such as <c>784-500-500-2000-10</c>.</summary>
    public override string ToString() => _text;
}
