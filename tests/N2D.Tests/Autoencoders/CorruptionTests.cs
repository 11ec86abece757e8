using N2D.Autoencoders;
using N2D.Numerics;

namespace N2D.Tests.Autoencoders;

/// <summary>The zeros in the input of a denoising autoencoder.</summary>
public sealed unsafe class CorruptionTests
{
    private const int RowCount = 100;
    private const int ColumnCount = 50;

    private static readonly AutoencoderOptions Options = new() { Kind = AutoencoderKind.Denoising, Corruption = 0.2f, Seed = 4 };

    [Fact]
    public void TheShareOfValues_IsZero_AndTheOthersStay()
    {
        var corrupted = Corrupt([.. Enumerable.Range(0, RowCount)], epoch: 0);
        Assert.All(corrupted, value => Assert.True(value is 0 or 1));

        // Four standard deviations of a binomial distribution.
        var expected = RowCount * ColumnCount * Options.Corruption;
        var deviation = 4 * MathF.Sqrt(expected * (1 - Options.Corruption));
        Assert.InRange(corrupted.Count(value => value == 0), expected - deviation, expected + deviation);
    }

    [Fact]
    public void TheZerosOfARow_DependOnItsIndexAndTheEpoch_NotOnTheBatch()
    {
        var first = Corrupt([7, 3], epoch: 1);
        Assert.Equal(first[ColumnCount..], Corrupt([3], epoch: 1));
        Assert.NotEqual(first[..ColumnCount], first[ColumnCount..]);
        Assert.NotEqual(first, Corrupt([7, 3], epoch: 2));
    }

    /// <summary>Corrupts rows of ones.</summary>
    private static float[] Corrupt(int[] indices, int epoch)
    {
        using var rows = new NativeVector(indices.Length * ColumnCount);
        using var corrupted = new NativeVector(rows.Length);
        rows.Span.Fill(1);
        Corruption.Apply(
            MatrixView.Of(rows.Values, indices.Length, ColumnCount),
            indices,
            Options,
            epoch,
            MatrixView.Of(corrupted.Values, indices.Length, ColumnCount),
            Execution.Default);
        return corrupted.Span.ToArray();
    }
}
