using N2D.Autoencoders;

namespace N2D.Tests.Autoencoders;

/// <summary>The estimate of a training's memory.</summary>
public sealed class TrainingMemoryTests
{
    [Fact]
    public void ANetworkThatDoesNotFit_IsRefused_WithTheOptionsThatMakeItLarge()
    {
        // 2e9 parameters in five copies of 4 bytes.
        var memory = new TrainingMemory(ParameterCount: 2_000_000_000, ParameterCopies: 5, ValuesPerRow: 1000, RowCount: 10, ColumnCount: 3);

        var error = Assert.Throws<N2DException>(() => memory.ThrowIfTooLarge(batchSize: 10, freeBytes: 1L << 30));

        Assert.Equal(("DoesNotFitInMemory", ErrorKind.OutOfResources), (error.Id, error.Kind));
        Assert.Equal(
            "The training needs about 37.3 GB of memory in batches of 10, 37.3 GB of them for the network; 1.0 GB are free. "
                + "Use smaller HiddenUnits, a smaller LatentDimension or smaller batches.",
            error.Message);
        Assert.Equal(["HiddenUnits", "LatentDimension"], error.Options);
    }

    [Fact]
    public void ANetworkThatFitsExactly_IsAccepted()
    {
        var memory = new TrainingMemory(ParameterCount: 100, ParameterCopies: 5, ValuesPerRow: 10, RowCount: 10, ColumnCount: 3);
        memory.ThrowIfTooLarge(batchSize: 10, freeBytes: 2400);
        Assert.Throws<N2DException>(() => memory.ThrowIfTooLarge(batchSize: 10, freeBytes: 2399));
    }
}
