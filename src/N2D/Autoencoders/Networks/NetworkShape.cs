namespace N2D.Autoencoders;

/// <summary>The layers of a dense autoencoder, an encoder and the mirrored decoder, and the layout of their parameters.</summary>
internal sealed class NetworkShape
{
    private readonly int[] _inputs;
    private readonly int[] _outputs;
    private readonly string _text;

    /// <summary>Lays out an encoder of the given widths and the mirrored decoder.</summary>
    /// <param name="inputDimension">d.</param>
    /// <param name="hiddenUnits">The widths of the encoder's hidden layers.</param>
    /// <param name="latentDimension">c.</param>
    /// <param name="outputsPerCode">The encoder's outputs for each column of the code: 1, or 2 if it also computes a variance.</param>
    /// <exception cref="N2DException">The network has more parameters than an array can hold (<c>NetworkTooLarge</c>).</exception>
    public NetworkShape(int inputDimension, IReadOnlyList<int> hiddenUnits, int latentDimension, int outputsPerCode = 1)
    {
        LatentDimension = latentDimension;
        EncoderLayerCount = hiddenUnits.Count + 1;
        _inputs = [inputDimension, .. hiddenUnits, latentDimension, .. hiddenUnits.Reverse()];
        var codeOutputs = (int)Math.Min((long)outputsPerCode * latentDimension, int.MaxValue);
        _outputs = [.. hiddenUnits, codeOutputs, .. hiddenUnits.Reverse(), inputDimension];
        _text = string.Join('-', [inputDimension, .. hiddenUnits, latentDimension]);
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var name = layer < EncoderLayerCount ? $"encoder.{layer}" : $"decoder.{layer - EncoderLayerCount}";
            Layout.AddWeights($"{name}.weight", Inputs(layer), Outputs(layer), Inputs(layer), Outputs(layer));
            Layout.AddBiases($"{name}.bias", Outputs(layer));
        }
    }

    /// <summary>The layout of the parameters: by layer, the weights (inputs x outputs, row-major) before the biases.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>The number of layers of the encoder and the decoder together.</summary>
    public int LayerCount => _inputs.Length;

    /// <summary>The number of layers of the encoder, whose last output is the code.</summary>
    public int EncoderLayerCount { get; }

    /// <summary>The number of columns of the rows, d.</summary>
    public int InputDimension => _inputs[0];

    /// <summary>The number of columns of the code, c.</summary>
    public int LatentDimension { get; }

    /// <summary>The number of inputs of a layer.</summary>
    public int Inputs(int layer) => _inputs[layer];

    /// <summary>The number of outputs of a layer.</summary>
    public int Outputs(int layer) => _outputs[layer];

    /// <summary>The weights of a layer.</summary>
    public ParameterLayout.Block Weights(int layer) => Layout.Blocks[2 * layer];

    /// <summary>The biases of a layer.</summary>
    public ParameterLayout.Block Biases(int layer) => Layout.Blocks[(2 * layer) + 1];

    /// <summary>Whether an activation follows a layer: it does for all but the code and the reconstruction.</summary>
    public bool IsActivated(int layer) => layer != EncoderLayerCount - 1 && layer != LayerCount - 1;

    /// <summary>The widths up to the code, such as <c>784-500-500-2000-10</c>.</summary>
    public override string ToString() => _text;
}
