using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Where the weights and biases of a network lie in one flat buffer, so that an optimizer sees a single vector.</summary>
internal sealed class ParameterLayout
{
    private readonly List<Block> _blocks = [];

    /// <summary>The blocks in their order.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>The number of values of all blocks.</summary>
    public int Count { get; private set; }

    /// <summary>Lays out weights behind what there is.</summary>
    /// <param name="name">What they are called in files.</param>
    /// <param name="fanIn">Values that one output is made of.</param>
    /// <param name="fanOut">Outputs that one input goes into.</param>
    /// <param name="sizes">The sizes of the tensor.</param>
    public Block AddWeights(string name, int fanIn, int fanOut, params int[] sizes) =>
        Add(new Block(name, sizes, Count, (float)Math.Sqrt(6.0 / (fanIn + fanOut))));

    /// <summary>Lays out biases behind what there is.</summary>
    /// <param name="name">What they are called in files.</param>
    /// <param name="length">How many.</param>
    public Block AddBiases(string name, int length) => Add(new Block(name, [length], Count, 0));

    /// <summary>Uniform weights of variance 2 / (fan in + fan out) and zero biases (Glorot and Bengio, 2010, eq. 16).</summary>
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
                $"The network has more than {Array.MaxLength} parameters. Ask for fewer hidden units, or give fewer columns.",
                block.Name);
        }

        _blocks.Add(block);
        Count += block.Length;
        return block;
    }

    /// <summary>One tensor of the network.</summary>
    /// <param name="Name">What it is called in files.</param>
    /// <param name="Sizes">Its sizes.</param>
    /// <param name="Offset">The place of its first value.</param>
    /// <param name="InitialLimit">The largest initial value; 0 for biases, which begin at zero.</param>
    internal sealed record Block(string Name, int[] Sizes, int Offset, float InitialLimit)
    {
        /// <summary>The number of values, however large.</summary>
        public double RealLength => Sizes.Aggregate(1.0, (product, size) => product * size);

        /// <summary>The number of values.</summary>
        public int Length => (int)RealLength;

        /// <summary>The block in a flat tensor.</summary>
        public Tensor In(Tensor flat) => flat.narrow(0, Offset, Length).view([.. Sizes.Select(size => (long)size)]);
    }
}
