using N2D.Autoencoders;
using N2D.Devices;
using N2D.Numerics;
using TorchSharp;

namespace N2D.Tests.Autoencoders;

[Collection(TorchCollection.Name)]
public sealed class AutoencoderTests
{
    private static readonly AutoencoderOptions Small = new() { HiddenUnits = [32, 64], LatentDimension = 2, Epochs = 30, BatchSize = 32 };

    /// <summary>A network that libtorch trains.</summary>
    private static readonly AutoencoderOptions ByLibtorch = Small with { Activation = Activation.Elu };

    [Fact]
    public void RowsOnAPlane_AreRebuilt()
    {
        var rows = RowsOnAPlane(300, 8);
        var (autoencoder, codes) = Autoencoder.Fit(rows, Small with { Epochs = 100 }, Execution.Default);
        var variance = rows.Values.ToArray().Average(value => value * value);

        Assert.Equal(2, codes.ColumnCount);
        Assert.InRange(autoencoder.Loss, 0, 0.02 * variance);
        Assert.True(autoencoder.GetHistory()[0].Loss > 10 * autoencoder.Loss);
    }

    [Fact]
    public void SameSeed_SameBytes()
    {
        var rows = RowsOnAPlane(200, 8);
        var first = Autoencoder.Fit(rows, Small with { Seed = 5 }, Execution.Default).Codes;
        var second = Autoencoder.Fit(rows, Small with { Seed = 5 }, Execution.Default).Codes;
        var other = Autoencoder.Fit(rows, Small with { Seed = 6 }, Execution.Default).Codes;

        Assert.Equal(first.Values.ToArray(), second.Values.ToArray());
        Assert.NotEqual(first.Values.ToArray(), other.Values.ToArray());
    }

    // Layers too large for one thread of libtorch, a partial last batch, and validation rows that decide when to stop.
    [Theory]
    [InlineData(AutoencoderKind.Dense)]
    [InlineData(AutoencoderKind.Denoising)]
    public void SameSeed_SameBytes_ForAnyThreadCount(AutoencoderKind kind)
    {
        var rows = RowsOnAPlane(500, 100);
        var options =
            Small with { Kind = kind, HiddenUnits = [150, 700], BatchSize = 200, Epochs = 6, ValidationFraction = 0.2f, Patience = 2 };
        var (one, codes) = Autoencoder.Fit(rows, options, new Execution { ThreadCount = 1 });
        foreach (var threadCount in new[] { 2, 5 })
        {
            var (other, otherCodes) = Autoencoder.Fit(rows, options, new Execution { ThreadCount = threadCount });
            Assert.Equal(codes.Values.ToArray(), otherCodes.Values.ToArray());
            Assert.Equal(one.Loss, other.Loss);
            Assert.Equal(
                one.GetHistory().Select(epoch => (epoch.Loss, epoch.ValidationLoss)),
                other.GetHistory().Select(epoch => (epoch.Loss, epoch.ValidationLoss)));
        }
    }

    [Fact]
    public void Encode_GivesTheCodesOfTheFit()
    {
        // 1500 rows: more than one pass, and a partial last batch.
        var rows = RowsOnAPlane(1500, 8);
        var (autoencoder, codes) = Autoencoder.Fit(rows, Small with { Epochs = 2 }, Execution.Default);

        Assert.Equal(codes.Values.ToArray(), autoencoder.Encode(rows, Execution.Default).Values.ToArray());
        Assert.Equal(8, autoencoder.Reconstruct(rows, Execution.Default).ColumnCount);
    }

    [Fact]
    public void FewerRowsThanABatch_Train()
    {
        var (autoencoder, codes) = Autoencoder.Fit(RowsOnAPlane(5, 8), Small, Execution.Default);
        Assert.Equal(5, codes.RowCount);
        Assert.True(double.IsFinite(autoencoder.Loss));
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Elu)]
    public void Canceled_EndsBeforeTheNextReport_AndLeavesNoTensor(Activation activation)
    {
        Autoencoder.Fit(RowsOnAPlane(50, 8), ByLibtorch, Execution.Default);
        var tensors = TensorsOnceOthersAreFinalized();
        var options = new AutoencoderOptions { Activation = activation, Epochs = 1000 };
        Cancellation.AssertEndsAt("epoch 1 of 1000", execution => Autoencoder.Fit(RowsOnAPlane(5000, 100), options, execution));
        Assert.Equal(tensors, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Fit_LeavesNoTensor()
    {
        var rows = RowsOnAPlane(100, 8);
        Autoencoder.Fit(rows, ByLibtorch, Execution.Default);
        var tensors = TensorsOnceOthersAreFinalized();
        var (autoencoder, _) = Autoencoder.Fit(rows, ByLibtorch, Execution.Default);
        autoencoder.Encode(rows, Execution.Default);

        Assert.Equal(tensors, torch.Tensor.TotalCount);
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.LeakyRelu)]
    public void HugeValues_AreRefusedAsDiverged_AndLeaveNoTensor(Activation activation)
    {
        var rows = Matrix.Own([.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1e30f : -1e30f)], 4);
        TorchRuntime.EnsureLoaded();
        var tensors = TensorsOnceOthersAreFinalized();
        var options = Small with { Activation = activation };
        var error = Assert.Throws<N2DException>(() => Autoencoder.Fit(rows, options, Execution.Default));
        Assert.Equal("TrainingDiverged", error.Id);
        Assert.Equal(tensors, torch.Tensor.TotalCount);
    }

    [Fact]
    public void OneRow_IsRefused() =>
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => Autoencoder.Fit(RowsOnAPlane(1, 4), Small, Execution.Default)).Id);

    [Fact]
    public void AMissingDevice_IsRefusedBeforeTraining()
    {
        // No machine has both an NVIDIA and an Apple GPU.
        TorchRuntime.EnsureLoaded();
        var missing = torch.cuda.is_available() ? ComputeDevice.Mps : ComputeDevice.Cuda;
        var error =
            Assert.Throws<N2DException>(() => Autoencoder.Fit(RowsOnAPlane(10, 4), Small with { Device = missing }, Execution.Default));
        Assert.Equal(("DeviceUnavailable", ErrorKind.Unavailable), (error.Id, error.Kind));
    }

    [Fact]
    public void Transform_Encodes()
    {
        var (autoencoder, codes) = Autoencoder.Fit(RowsOnAPlane(20, 4), Small with { Epochs = 1 }, Execution.Default);
        Assert.Equal(
            autoencoder.Encode(RowsOnAPlane(20, 4), Execution.Default).Values,
            autoencoder.Transform(RowsOnAPlane(20, 4), Execution.Default).Values);
        Assert.Equal(codes.ColumnCount, autoencoder.Transform(RowsOnAPlane(5, 4), Execution.Default).ColumnCount);
    }

    [Fact]
    public void OtherColumns_CannotBeEncoded()
    {
        var (autoencoder, _) = Autoencoder.Fit(RowsOnAPlane(20, 4), Small with { Epochs = 1 }, Execution.Default);
        var error = Assert.Throws<N2DException>(() => autoencoder.Encode(RowsOnAPlane(20, 5), Execution.Default));
        Assert.Equal("DimensionMismatch", error.Id);
    }

    [Theory]
    [InlineData(1797, 100)]
    [InlineData(10_992, 96)]
    [InlineData(70_000, 15)]
    [InlineData(1_000_000, 10)]
    public void DefaultEpochs_MakeAboutAsManyStepsForEverySize(int rowCount, int epochs) =>
        Assert.Equal(epochs, new AutoencoderOptions().EpochsFor(rowCount));

    [Fact]
    public void ABatchOfAnySize_HasEpochs() => Assert.Equal(100, new AutoencoderOptions { BatchSize = int.MaxValue }.EpochsFor(1000));

    [Theory]
    [InlineData(5_000_000)]
    [InlineData(8_600_000)]
    public void ANetworkOfTooManyParameters_IsRefusedByName(int columnCount) =>
        Assert.Equal("NetworkTooLarge", Assert.Throws<N2DException>(() => new NetworkShape(columnCount, [500, 500, 2000], 10)).Id);

    [Fact]
    public void RowsThatAreNotFinite_AreRefusedByName()
    {
        var bad = Matrix.Own([1, float.NaN, 3, 4], 2);
        var options = new AutoencoderOptions { HiddenUnits = [4], LatentDimension = 1, Epochs = 1, Device = ComputeDevice.Cpu };
        Assert.Equal("NotFinite", Assert.Throws<N2DException>(() => Autoencoder.Fit(bad, options, Execution.Default)).Id);
        var (autoencoder, _) = Autoencoder.Fit(RandomRows.Uniform(10, 2), options, Execution.Default);
        Assert.Equal("NotFinite", Assert.Throws<N2DException>(() => autoencoder.Encode(bad, Execution.Default)).Id);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Equal("LatentDimensionOutOfRange", Assert.Throws<N2DException>(() => new AutoencoderOptions { LatentDimension = 0 }).Id);
        Assert.Equal("EpochsOutOfRange", Assert.Throws<N2DException>(() => new AutoencoderOptions { Epochs = 0 }).Id);
        Assert.Equal("LearningRateOutOfRange", Assert.Throws<N2DException>(() => new AutoencoderOptions { LearningRate = float.NaN }).Id);
        Assert.Equal("HiddenUnitsOutOfRange", Assert.Throws<N2DException>(() => new AutoencoderOptions { HiddenUnits = [500, 0] }).Id);
    }

    /// <summary>The number of tensors after finalization of those from other tests, so that it does not decrease later.</summary>
    private static long TensorsOnceOthersAreFinalized()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }

    /// <summary>Rows of two independent coordinates, rotated into more columns: two code units suffice.</summary>
    private static Matrix RowsOnAPlane(int rowCount, int columnCount)
    {
        var values = new float[rowCount * columnCount];
        for (var row = 0; row < rowCount; row++)
        {
            var random = new RandomSequence(0, RandomPurpose.Sampling, row);
            var (u, v) = (random.NextSingle(), random.NextSingle());
            for (var column = 0; column < columnCount; column++)
            {
                values[(row * columnCount) + column] = (u * MathF.Sin(column)) + (v * MathF.Cos(column));
            }
        }

        return Matrix.Own(values, columnCount);
    }
}
