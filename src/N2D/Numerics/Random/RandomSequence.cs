using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>The purpose of random numbers. It is part of the key of a sequence, so different purposes never share numbers.</summary>
public enum RandomPurpose
{
    /// <summary>The initial weights of a network.</summary>
    Weights = 1,

    /// <summary>The order of the rows in a training epoch.</summary>
    Shuffle = 2,

    /// <summary>Random projection trees and the joins of NN-descent.</summary>
    Neighbors = 3,

    /// <summary>Initial vectors of an eigensolver, initial coordinates, and their noise.</summary>
    Initialization = 4,

    /// <summary>Negative samples of a layout.</summary>
    NegativeSampling = 5,

    /// <summary>Initial centers of a clusterer.</summary>
    Clustering = 6,

    /// <summary>Samples of rows for estimates.</summary>
    Sampling = 7,

    /// <summary>Negative samples for rows that the layout was not fitted to.</summary>
    UnseenRows = 8,

    /// <summary>The choice of validation rows.</summary>
    Validation = 9,

    /// <summary>Noise, dropout and latent samples of a training step that libtorch computes.</summary>
    Training = 10,

    /// <summary>Random transforms of images.</summary>
    Augmentation = 11,

    /// <summary>The split of rows into halves.</summary>
    Halves = 12,

    /// <summary>The values that a denoising autoencoder gets as zeros.</summary>
    Corruption = 13,
}

/// <summary>
/// A random sequence that is a pure function of its key (seed, purpose, row, epoch). Work that is split by row draws the same numbers on
/// any number of threads, in any order.
/// </summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, 2014), seeded with a hash of the key.</remarks>
public struct RandomSequence
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Creates the sequence of a key.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">The purpose of the numbers.</param>
    /// <param name="row">The row, start or tree that uses the numbers.</param>
    /// <param name="epoch">The epoch or iteration that uses the numbers.</param>
    public RandomSequence(int seed, RandomPurpose purpose, long row = 0, long epoch = 0)
    {
        var key = Mix((ulong)(uint)seed + GoldenGamma);
        key = Mix(key ^ ((ulong)purpose * 0xD1B54A32D192ED03));
        key = Mix(key ^ ((ulong)row * 0xABC98388FB8FAC03));
        _state = Mix(key ^ ((ulong)epoch * 0x8CB92BA72F3D8DD7));
    }

    /// <summary>Draws 64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64() => Mix(_state += GoldenGamma);

    /// <summary>Draws an integer, uniform from 0 to bound - 1.</summary>
    /// <param name="bound">The exclusive bound, 1 or more.</param>
    /// <remarks>Multiply-shift; its bias is below bound / 2^32.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextInt32(int bound) => (int)(((NextUInt64() >> 32) * (ulong)(uint)bound) >> 32);

    /// <summary>Draws a double, uniform over [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws a float, uniform over [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Draws a standard normal deviate (Box and Muller, 1958).</summary>
    public double NextGaussian()
    {
        var radius = Math.Sqrt(-2 * PortableMath.Log(1 - NextDouble()));
        return radius * PortableMath.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Shuffles items uniformly (Fisher and Yates).</summary>
    /// <param name="items">The items, shuffled in place.</param>
    /// <typeparam name="T">The type of the items.</typeparam>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextInt32(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
