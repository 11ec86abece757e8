namespace N2D.Autoencoders;

/// <summary>An array that a training continues from, on whatever device it is.</summary>
/// <param name="Name">The name in a checkpoint.</param>
/// <param name="Sizes">The size of each dimension; empty for a single value.</param>
/// <param name="Read">Returns a copy of the values.</param>
/// <param name="Write">Replaces the values.</param>
internal sealed record TrainingArray(string Name, long[] Sizes, Func<float[]> Read, Action<float[]> Write)
{
    /// <summary>The size in bytes.</summary>
    public long ByteCount => Sizes.Aggregate((long)sizeof(float), (product, size) => product * size);
}
