using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Negative samples that are drawn for each row and step, among all rows but the row itself.</summary>
internal sealed class OwnSamples : NegativeSamples
{
    private const int GroupSize = InterleavedRows.GroupSize;

    private readonly AlignedRows _positions;
    private readonly int _sampleCount;
    private readonly InterleavedRows _samples;

    /// <summary>The slots of the samples, by group and step.</summary>
    private readonly int[] _slots;

    /// <summary>The first slot of the next step.</summary>
    private int _next;

    /// <summary>Allocates memory for samples.</summary>
    /// <param name="positions">The coordinates of all rows, by slot.</param>
    /// <param name="dimension">c.</param>
    /// <param name="sampleCount">The number of samples for each row and step.</param>
    /// <param name="mostSteps">The largest number of steps of all groups in a round.</param>
    public OwnSamples(AlignedRows positions, int dimension, int sampleCount, int mostSteps)
    {
        _positions = positions;
        _sampleCount = sampleCount;
        _samples = new InterleavedRows(sampleCount, dimension);
        _slots = new int[mostSteps * sampleCount * GroupSize];
    }

    /// <inheritdoc/>
    public override nuint ColumnStride => GroupSize;

    /// <inheritdoc/>
    /// <remarks>The samples are prefetched.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Draw(RandomLanes random, ReadOnlySpan<int> slots, ReadOnlySpan<int> stepCounts)
    {
        var next = 0;
        for (var lane = 0; lane < slots.Length; lane += GroupSize)
        {
            var own = Vector256.Create(slots[lane..]);
            for (var draws = stepCounts[lane] * _sampleCount; draws > 0; draws--, next += GroupSize)
            {
                // Any row except the row itself.
                var others = random.NextInt32(_positions.RowCount - 1);
                others -= Vector256.GreaterThanOrEqual(others, own);
                others.CopyTo(_slots, next);
                foreach (var other in _slots.AsSpan(next, GroupSize))
                {
                    _positions.Prefetch(other);
                }
            }
        }

        _next = 0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Next(ReadOnlySpan<int> slots)
    {
        for (var sample = 0; sample < _sampleCount; sample++, _next += GroupSize)
        {
            _samples.Gather(sample, _positions, _slots.AsSpan(_next, GroupSize));
        }
    }

    /// <inheritdoc/>
    public override ref float Start(int sample) => ref _samples.Start(sample);
}
