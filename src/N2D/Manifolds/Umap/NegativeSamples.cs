using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>The negative samples of a block's rows in a round: rows of the layout, at their positions before the round.</summary>
internal abstract class NegativeSamples
{
    /// <summary>The number of floats from one column of the samples to the next.</summary>
    public abstract nuint ColumnStride { get; }

    /// <summary>Draws the samples of a round.</summary>
    /// <param name="random">The random numbers.</param>
    /// <param name="slots">The slot of each lane, in whole groups of eight.</param>
    /// <param name="stepCounts">The number of steps of each lane. The first lane of a group has the most.</param>
    public abstract void Draw(RandomLanes random, ReadOnlySpan<int> slots, ReadOnlySpan<int> stepCounts);

    /// <summary>Loads the samples of the next step: all steps of the first group, then those of the second, and so on.</summary>
    /// <param name="slots">The slots of the group's rows, which must not be their own samples.</param>
    public abstract void Next(ReadOnlySpan<int> slots);

    /// <summary>
    /// The first column of a sample in the current step: eight values, one for each lane of the group. The other columns follow at
    /// distances of <see cref="ColumnStride"/>.
    /// </summary>
    /// <param name="sample">The index of the sample.</param>
    public abstract ref float Start(int sample);
}
