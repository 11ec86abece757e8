using N2D.Autoencoders;
using N2D.Numerics;

namespace N2D.Tests.Autoencoders;

public sealed class NeighborhoodPreservationTests
{
    private static readonly Matrix Rows = RandomRows.Uniform(600, 4);

    [Fact]
    public void CodesThatAreTheRows_PreserveAllNeighbors() =>
        Assert.Equal(1, ShareOf(Rows, 4, (rows, codes) => rows.CopyTo(codes)));

    [Fact]
    public void ACodeOfOneOfFourColumns_PreservesSomeNeighbors() =>
        Assert.InRange(ShareOf(Rows, 1, (rows, codes) => KeepFirst(rows, codes, 4))!.Value, 0.05, 0.3);

    [Fact]
    public void CodesWithoutRelation_PreserveAsManyNeighborsAsChance()
    {
        var random = RandomRows.Uniform(600, 2, seed: 1).Values.ToArray();
        Assert.Equal(15.0 / 599, ShareOf(Rows, 2, (_, codes) => random.CopyTo(codes))!.Value, 0.01);
    }

    [Fact]
    public void CodesThatAreNotFinite_HaveNoNeighbors() => Assert.Null(ShareOf(Rows, 1, (_, codes) => codes.Fill(float.NaN)));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 5)]
    [InlineData(16, 3)]
    [InlineData(12_000, 3)]
    [InlineData(1001, 9000)]
    public void AnyNumberOfRowsAndColumns_CanBeMeasured(int rowCount, int columnCount) =>
        Assert.Equal(
            1, ShareOf(RandomRows.Uniform(rowCount, columnCount), columnCount, (rows, codes) => rows.CopyTo(codes)));

    private static double? ShareOf(Matrix rows, int codeDimension, Encoding encode) =>
        new NeighborhoodPreservation(rows, codeDimension, Execution.Default).Of(new Network(encode));

    private static void KeepFirst(ReadOnlySpan<float> rows, Span<float> codes, int columnCount)
    {
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = rows[row * columnCount];
        }
    }

    private delegate void Encoding(ReadOnlySpan<float> rows, Span<float> codes);

    private sealed class Network(Encoding encode) : INetwork
    {
        public void Encode(ReadOnlySpan<float> rows, Span<float> codes) => encode(rows, codes);

        public void Decode(ReadOnlySpan<float> codes, Span<float> rows) => throw new NotSupportedException();

        public void Reconstruct(ReadOnlySpan<float> rows, Span<float> reconstruction) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
