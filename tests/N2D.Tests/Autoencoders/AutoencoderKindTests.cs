using N2D.Autoencoders;
using N2D.Data;
using N2D.Numerics;
using N2D.Pipeline;
using TorchSharp;

namespace N2D.Tests.Autoencoders;

/// <summary>Every kind of autoencoder, on the embedded digits.</summary>
[Collection(TorchCollection.Name)]
public sealed class AutoencoderKindTests
{
    private static readonly Dataset Digits = DatasetCatalog.Find("Digits")!.Read(null);
    private static readonly AutoencoderOptions Small = new()
    { HiddenUnits = [64, 32], LatentDimension = 5, Epochs = 15, BatchSize = 64, LearningRate = 0.003f };

    /// <summary>The error of the mean of the digits, which an untrained network reconstructs.</summary>
    private static readonly double Nothing = MeanSquaredDeviation(Digits.GetRows());

    [Theory]
    [InlineData(AutoencoderKind.Dense)]
    [InlineData(AutoencoderKind.Denoising)]
    [InlineData(AutoencoderKind.Variational)]
    [InlineData(AutoencoderKind.Convolutional)]
    public void EveryKind_Learns_GivesTheSameBytesForASeed_AndLeavesNoTensor(AutoencoderKind kind)
    {
        var options = kind == AutoencoderKind.Convolutional
            ? Small with { Kind = kind, HiddenUnits = [8, 16], Epochs = 6 }
            : Small with { Kind = kind };
        var (autoencoder, codes) = Fit(options);
        TorchRuntime.EnsureLoaded();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var tensors = torch.Tensor.TotalCount;
        var (_, again) = Fit(options);

        Assert.Equal(codes.Values, again.Values);
        Assert.Equal(codes.Values, autoencoder.Encode(Digits.GetRows(), Execution.Default).Values);
        Assert.Equal(tensors, torch.Tensor.TotalCount);
        Assert.InRange(MeanSquaredError(autoencoder), 0, 0.75 * Nothing);
        Assert.NotEqual(codes.Values.ToArray(), Fit(options with { Seed = 1 }).Codes.Values.ToArray());
    }

    [Theory]
    [InlineData(Activation.LeakyRelu)]
    [InlineData(Activation.Elu)]
    [InlineData(Activation.Selu)]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void EveryActivation_Learns(Activation activation)
    {
        // Logistic units begin flat and learn slowest.
        var (autoencoder, _) = Fit(Small with { Activation = activation, Epochs = 25 });
        Assert.InRange(MeanSquaredError(autoencoder), 0, 0.9 * Nothing);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 2f)]
    [InlineData(OptimizerKind.RmsProp, 0.001f)]
    public void EveryOptimizer_Learns(OptimizerKind optimizer, float learningRate)
    {
        var (autoencoder, _) = Fit(Small with { Optimizer = optimizer, LearningRate = learningRate });
        Assert.InRange(MeanSquaredError(autoencoder), 0, 0.9 * Nothing);
    }

    [Fact]
    public void Dropout_IsOfTrainingAlone()
    {
        var (autoencoder, codes) = Fit(Small with { Dropout = 0.3f });
        Assert.Equal(codes.Values, autoencoder.Encode(Digits.GetRows(), Execution.Default).Values);
        Assert.InRange(MeanSquaredError(autoencoder), 0, 0.9 * Nothing);
    }

    [Fact]
    public void VariationalCodes_AreNearAStandardNormal()
    {
        var (_, codes) = Fit(Small with { Kind = AutoencoderKind.Variational, Epochs = 30 });
        var values = codes.Values.ToArray();
        Assert.InRange(values.Average(), -0.3, 0.3);

        // The distributions themselves have the rest of the variance of 1.
        Assert.InRange(values.Average(value => value * value), 0.4, 1.1);
    }

    [Fact]
    public void Convolutions_RebuildImagesOfOddSides()
    {
        var image = new ImageShape(7, 5);
        var rows = RandomRows.Uniform(60, 35);
        var options = new AutoencoderOptions { Kind = AutoencoderKind.Convolutional, LatentDimension = 3, Epochs = 1 };
        var (autoencoder, codes) = Autoencoder.Fit(rows, options, Execution.Default, image);
        Assert.Equal(3, codes.ColumnCount);
        Assert.Equal(35, autoencoder.Reconstruct(rows, Execution.Default).ColumnCount);
        Assert.Equal("7x5-32c-64c-128c-3", autoencoder.Architecture);
    }

    [Fact]
    public void RowsThatAreNoImages_CannotBeConvolved()
    {
        var options = new AutoencoderOptions { Kind = AutoencoderKind.Convolutional };
        var rows = RandomRows.Uniform(20, 12);
        Assert.Equal("ImageShapeRequired", Assert.Throws<N2DException>(() => Autoencoder.Fit(rows, options, Execution.Default)).Id);
        Assert.Equal(
            "ImageShapeRequired",
            Assert.Throws<N2DException>(() => Autoencoder.Fit(rows, options, Execution.Default, new ImageShape(5, 3))).Id);
    }

    [Fact]
    public void NetworksBeyondAllMemory_AreRefused() =>
        Assert.Equal("NetworkTooLarge", Assert.Throws<N2DException>(() => Fit(Small with { HiddenUnits = [1_000_000, 1_000_000] })).Id);

    [Fact]
    public void WeightDecay_KeepsWeightsSmall()
    {
        static double Size(Autoencoder autoencoder) =>
            autoencoder.Encode(Digits.GetRows(), Execution.Default).Values.ToArray().Average(value => value * value);
        Assert.True(Size(Fit(Small with { WeightDecay = 30 }).Autoencoder) < 0.5 * Size(Fit(Small).Autoencoder));
    }

    [Fact]
    public void AveragedWeights_RebuildBetterThanThoseOfTheLastStep()
    {
        // The weights of a single step are noisy. Their average is not.
        var options = Small with { Epochs = 12, LearningRate = 0.005f };
        var averaged = MeanSquaredError(Fit(options with { WeightAveraging = 0.95f }).Autoencoder);
        Assert.True(averaged < 0.995 * MeanSquaredError(Fit(options).Autoencoder));
    }

    [Fact]
    public void AnAverageAsLongAsTheTraining_IsWarnedOf()
    {
        var warnings = new List<string>();
        Autoencoder.Fit(
            Digits.GetDataMatrix(), Small with { Epochs = 2, WeightAveraging = 0.998f }, Execution.Default with { Warn = warnings.Add });
        Assert.Contains("about 500 steps, but the training has only 58", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ValidationRows_AreNotTrainedOn_AndTheirErrorIsTold()
    {
        var options = Small with { ValidationFraction = 0.25f };
        var history = Fit(options).Autoencoder.GetHistory();
        Assert.All(history, epoch => Assert.InRange(epoch.ValidationLoss!.Value, 0.3 * epoch.Loss, 1.2 * epoch.Loss));
        Assert.Equal(449, options.ValidationCount(1797));
        Assert.Null(Fit(Small).Autoencoder.GetHistory()[0].ValidationLoss);
    }

    [Fact]
    public void Training_EndsWhenTheErrorStopsFalling_AndKeepsTheBestEpoch()
    {
        // The learning rate is so large that the error soon oscillates.
        var options = Small with { LearningRate = 0.03f, Epochs = 200, Patience = 3 };
        var (autoencoder, _) = Fit(options);
        var history = autoencoder.GetHistory();
        Assert.InRange(history.Count, 4, 199);
        var best = history.MinBy(epoch => epoch.Loss)!;
        Assert.Equal(history.Count - 3, best.Epoch);

        var shorter = Fit(options with { Epochs = best.Epoch, Patience = null }).Autoencoder;
        Assert.Equal(
            shorter.Encode(Digits.GetRows(), Execution.Default).Values, autoencoder.Encode(Digits.GetRows(), Execution.Default).Values);
    }

    private static (Autoencoder Autoencoder, Matrix Codes) Fit(AutoencoderOptions options) =>
        Autoencoder.Fit(Digits.GetRows(), options, Execution.Default, Digits.ImageShape);

    private static double MeanSquaredError(Autoencoder autoencoder)
    {
        var rebuilt = autoencoder.Reconstruct(Digits.GetRows(), Execution.Default).Values.ToArray();
        return Digits.GetRows().Values.ToArray().Zip(rebuilt, (x, y) => (double)(x - y) * (x - y)).Average();
    }

    private static double MeanSquaredDeviation(Matrix rows)
    {
        var means = Enumerable.Range(0, rows.ColumnCount)
            .Select(column => Enumerable.Range(0, rows.RowCount).Average(row => rows[row, column]))
            .ToArray();
        return Enumerable.Range(
            0,
            rows.RowCount).Average(row =>
                Enumerable.Range(0, rows.ColumnCount).Average(column => Math.Pow(rows[row, column] - means[column], 2)));
    }
}
