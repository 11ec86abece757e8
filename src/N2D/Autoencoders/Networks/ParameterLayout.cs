using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>The positions of a network's weights and biases in one flat buffer, which an optimizer updates as a single vector.</summary>
internal sealed class ParameterLayout
{
    private readonly List<Block> _blocks = [];

    /// <summary>The blocks in order.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>The number of values in all blocks.</summary>
    public int Count { get; private set; }

    /// <summary>Appends weights.</summary>
    /// <param name="name">The name in files.</param>
    /// <param name="fanIn">The number of inputs of each output.</param>
    /// <param name="fanOut">The number of outputs that each input contributes to.</param>
    /// <param name="sizes">The sizes of the tensor.</param>
    public Block AddWeights(string name, int fanIn, int fanOut, params int[] sizes) =>
        Add(new Block(name, sizes, Count, (float)Math.Sqrt(6.0 / (fanIn + fanOut))));

    /// <summary>Appends biases.</summary>
    /// <param name="name">The name in files.</param>
    /// <param name="length">The number of biases.</param>
    public Block AddBiases(string name, int length) => Add(new Block(name, [length], Count, 0));

    /// <summary>Returns uniform weights of variance 2 / (fan in + fan out), and zero biases (Glorot and Bengio, 2010, eq. 16).</summary>
    /// <param name="seed">The seed; the same weights on every device.</param>
    public float[] InitialValues(int seed)
    {
        var values = new float[Count];
        var weights = 0;
        foreach (var block in _blocks.Where(block => block.InitialLimit > 0))
        {
            var random = new RandomSequence(seed, RandomPurpose.Weights, weights++);
            foreach (ref var value in values.AsSpan(block.Offset, block.Length))
            {
                value = block.InitialLimit * ((2 * random.NextSingle()) - 1);
            }
        }

        return values;
    }

    private Block Add(Block block)
    {
        if (block.RealLength + Count > Array.MaxLength)
        {
            throw new N2DException(
                "NetworkTooLarge",
                ErrorKind.InvalidArgument,
                $"The network has more than {Array.MaxLength} parameters. Use smaller "
                    + $"{nameof(AutoencoderOptions.HiddenUnits)} or {nameof(AutoencoderOptions.LatentDimension)}, or rows with "
                    + "fewer columns.",
                block.Name)
            { Options = [nameof(AutoencoderOptions.HiddenUnits), nameof(AutoencoderOptions.LatentDimension)] };
        }

        _blocks.Add(block);
        Count += block.Length;
        return block;
    }

    /// <summary>One tensor of the network.</summary>
    /// <param name="Name">The name in files.</param>
    /// <param name="Sizes">The sizes of the tensor.</param>
    /// <param name="Offset">The index of the first value.</param>
    /// <param name="InitialLimit">The largest initial value; 0 for biases, which start at zero.</param>
    internal sealed record Block(string Name, int[] Sizes, int Offset, float InitialLimit)
    {
        /// <summary>The number of values, without overflow.</summary>
        public double RealLength => Sizes.Aggregate(1.0, (product, size) => product * size);

        /// <summary>The number of values.</summary>
        public int Length => (int)RealLength;
    }
}
