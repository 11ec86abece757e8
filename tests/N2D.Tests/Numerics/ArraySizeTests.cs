using N2D.Clustering;
using N2D.Manifolds;
using N2D.Numerics;

namespace N2D.Tests.Numerics;

/// <summary>Products of two int values that no int can hold.</summary>
public sealed class ArraySizeTests
{
    [Fact]
    public void ASize_IsTheProduct() => Assert.Equal(2147483136, ArraySize.Of(4194303, 512));

    [Theory]
    [InlineData(4194304, 512)]
    [InlineData(65536, 65536)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void ASizeOverTheLimit_IsRefused_AndNeverWrapsAround(int rowCount, int columnCount)
    {
        var error = Assert.Throws<N2DException>(() => ArraySize.Of(rowCount, columnCount));
        Assert.Equal(("TooManyValues", ErrorKind.OutOfResources), (error.Id, error.Kind));
    }

    [Fact]
    public void LayoutsThatNoArrayHolds_AreRefusedBeforeTheWork()
    {
        ManifoldOptions[] learners = [new UmapOptions { Dimension = 512 }, new PcaOptions { Dimension = 512 }];
        Assert.All(learners, options =>
        {
            options.ThrowIfUnfit(4194303, ManifoldContext.Empty);
            AssertRefused(options, 4194304, "Dimension", "4194304 rows with 512 dimensions have more values than an array can hold");
        });
    }

    [Fact]
    public void NeighborsThatNoArrayHolds_AreRefusedBeforeTheWork()
    {
        AssertRefused(new UmapOptions { NeighborCount = 1000 }, 2_200_000, "NeighborCount", "2200000 rows with 1000 neighbors");
        AssertRefused(new TsneOptions { Perplexity = 400 }, 1_800_000, "Perplexity", "1800000 rows with 1202 neighbors");
    }

    [Fact]
    public void ClustersThatNoArrayHolds_AreRefusedBeforeTheWork()
    {
        ClustererOptions[] clusterers =
            [new GaussianMixtureOptions(600), new SpectralOptions(600), new SpectralOptions(2) { NeighborCount = 600 }];
        Assert.All(clusterers, options =>
        {
            options.ThrowIfTooManyRows(3_500_000);
            Assert.Equal("TooManyValues", Assert.Throws<N2DException>(() => options.ThrowIfTooManyRows(3_600_000)).Id);
        });
    }

    private static void AssertRefused(ManifoldOptions options, int rowCount, string option, string message)
    {
        var error = Assert.Throws<N2DException>(() => options.ThrowIfUnfit(rowCount, ManifoldContext.Empty));
        Assert.Equal("TooManyValues", error.Id);
        Assert.Equal([option], error.Options);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
