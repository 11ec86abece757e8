using N2D.Autoencoders;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Tests.Autoencoders;

/// <summary>Networks of several seeds that train together: each is the network that its seed alone gives.</summary>
[Collection(TorchCollection.Name)]
public sealed class AutoencoderSeedsTests
{
    private const int RowCount = 150;
    private static readonly int[] Seeds = [3, 0, 7];
    private static readonly AutoencoderOptions Options =
        new() { HiddenUnits = [16, 12], LatentDimension = 4, Epochs = 6, BatchSize = 32, Device = ComputeDevice.Cpu };

    private readonly Matrix _rows = RandomRows.Uniform(RowCount, 10);

    /// <summary>The options reach into each part of a training. The last batch of an epoch is smaller.</summary>
    public static TheoryData<string> Cases =>
        ["dense", "denoising", "average", "schedule", "validation", "patience", "settled", "sgd", "rmsprop"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EachSeed_IsTrainedAsAlone(string name)
    {
        var options = OptionsOf(name);
        var together = AutoencoderSeeds.FitTogether(_rows, options, Seeds, Execution.Default);

        Assert.Equal(Seeds, together.Select(fit => fit.Seed));
        Assert.All(together, fit =>
        {
            var (history, codes) = AloneByLibtorch(options with { Seed = fit.Seed });
            var autoencoder = fit.Autoencoder!;
            Assert.Equal((fit.Seed, history.Length), (autoencoder.Seed, autoencoder.GetHistory().Count));
            Assert.All(history.Zip(autoencoder.GetHistory()), pair =>
            {
                // Sums of squares of one network are a product, and of several the square of a norm.
                Assert.Equal(pair.First.Loss, pair.Second.Loss, 1e-6);
                Assert.Equal(pair.First.ValidationLoss ?? 0, pair.Second.ValidationLoss ?? 0, 1e-6);
            });
            AssertNear(codes, fit.Codes!.Values.ToArray(), 1e-4f);

            // The parameters that are kept are those that encoded the rows.
            AssertNear(fit.Codes.Values.ToArray(), autoencoder.Encode(_rows, Execution.Default).Values.ToArray(), 1e-5f);
        });
    }

    [Fact]
    public void Seeds_ThatStopEarly_KeepTheirBestEpoch_WhileOthersContinue()
    {
        var fits = AutoencoderSeeds.FitTogether(_rows, OptionsOf("patience"), [0, 1, 2, 3, 4, 5], Execution.Default);
        Assert.True(fits.Select(fit => fit.Autoencoder!.GetHistory().Count).Distinct().Count() > 1, "All seeds stopped in the same epoch.");
    }

    [Fact]
    public void OnTheProcessor_SeedsTrainOneAfterAnother_WithTheBytesOfSeparateTrainings()
    {
        var statuses = new List<string>();
        var execution = new Execution { Progress = new Statuses(statuses) };
        var fits = AutoencoderSeeds.Fit(_rows, Options, Seeds, execution);
        Assert.All(fits, fit =>
            Assert.Equal(Autoencoder.Fit(_rows, Options with { Seed = fit.Seed }, Execution.Default).Codes.Values, fit.Codes!.Values));
        Assert.Contains(statuses, status => status.StartsWith("seed 7, epoch 1 of 6, ", StringComparison.Ordinal));
    }

    [Fact]
    public void ASeedThatDiverges_HasAnError_AndTheOthersAreComplete()
    {
        // A gradient of 1e38 overflows in the weights of each seed.
        var options = Options with { LearningRate = 1e38f };
        foreach (var fits in new[]
        {
            AutoencoderSeeds.FitTogether(_rows, options, Seeds, Execution.Default),
            AutoencoderSeeds.Fit(_rows, options, Seeds, Execution.Default),
        })
        {
            Assert.Equal(Seeds, fits.Select(fit => fit.Seed));
            Assert.All(fits, fit => Assert.StartsWith(
                $"Seed {fit.Seed}: The training diverged in epoch ", fit.Error!.Message, StringComparison.Ordinal));
            Assert.All(fits, fit => Assert.Equal(("TrainingDiverged", null), (fit.Error!.Id, fit.Codes)));
        }
    }

    [Fact]
    public void Cancellation_EndsAJointTraining() => Cancellation.AssertEndsAt(
        "epoch", execution => AutoencoderSeeds.FitTogether(_rows, Options, Seeds, execution));

    [Fact]
    public void OnAGpu_AsManySeedsTrainTogether_AsFitBesideTheRows()
    {
        var plan = new NetworkPlan(Options, _rows.ColumnCount, image: null);
        int[] seeds = [5, 6, 7, 8, 9];
        var three = TrainingMemory.Of(plan, Options, RowCount, _rows.ColumnCount, seedCount: 3);
        var free = (long)((three.WorkingBytes(Options.BatchSize) + three.RowBytes + 1) / 0.9) + 1;

        Assert.Equal([[5, 6, 7, 8, 9]], Groups(ComputeDevice.Parse("cuda"), freeBytes: null, plan));
        Assert.Equal([[5, 6, 7], [8, 9]], Groups(ComputeDevice.Parse("cuda"), free, plan));
        Assert.Equal(seeds.Chunk(1), Groups(ComputeDevice.Parse("cuda"), freeBytes: 0, plan));
        Assert.Equal(seeds.Chunk(1), Groups(ComputeDevice.Cpu, freeBytes: null, plan));

        IReadOnlyList<IReadOnlyList<int>> Groups(ComputeDevice device, long? freeBytes, NetworkPlan planned) =>
            AutoencoderSeeds.GroupsOn(device, freeBytes, _rows, planned, seeds, Execution.Default);
    }

    [Fact]
    public void NetworksThatAutogradTrains_TrainOneAfterAnother_AndSayWhy()
    {
        var said = new List<string>();
        var plan = new NetworkPlan(Options with { Dropout = 0.1f }, _rows.ColumnCount, image: null);
        var groups = AutoencoderSeeds.GroupsOn(
            ComputeDevice.Parse("cuda"), freeBytes: null, _rows, plan, Seeds, new Execution { Explain = said.Add });
        Assert.Equal(Seeds.Chunk(1), groups);
        Assert.Equal(["The 3 seeds train one after another: Dropout 0.1 cannot train several at once."], said);
    }

    [Theory]
    [InlineData("seed 3", 3)]
    [InlineData("seeds 3, 4", 3, 4)]
    [InlineData("seeds 3 to 5", 3, 4, 5)]
    [InlineData("seeds 3, 5, 6", 3, 5, 6)]
    [InlineData("seeds 2, 1, 0", 2, 1, 0)]
    public void Seeds_AreNamed(string text, params int[] seeds) => Assert.Equal(text, AutoencoderSeeds.TextOf(seeds));

    private (TrainingEpoch[] History, float[] Codes) AloneByLibtorch(AutoencoderOptions options)
    {
        var plan = new NetworkPlan(options, _rows.ColumnCount, image: null);
        var rows = new TrainingRows(_rows, options);
        var budget = new TrainingBudget(options, _rows.RowCount);
        using var trainer = new LibtorchTrainer(rows, plan, [options.Seed], ComputeDevice.Cpu, isResident: true, Execution.Default);
        var course = new TrainingCourse(rows, trainer.Networks[0], options, budget, checkpoint: null, Execution.Default);
        new AutoencoderTraining(trainer, [course], budget, Execution.Default).Run((_, _) => { });
        var codes = new float[_rows.RowCount * options.LatentDimension];
        course.Network.Network.Encode(_rows.Values, codes);
        return ([.. course.History], codes);
    }

    private static AutoencoderOptions OptionsOf(string name) => name switch
    {
        "denoising" => Options with { Kind = AutoencoderKind.Denoising },
        "average" => Options with { WeightAveraging = 0.9f },
        "schedule" => Options with { Schedule = LearningRateSchedule.Cosine, WeightDecay = 0.01f },
        "validation" => Options with { ValidationFraction = 0.2f },
        "patience" => Options with { Patience = 1, LearningRate = 0.05f, Epochs = 20, WeightAveraging = 0.5f, ValidationFraction = 0.2f },
        "settled" => Options with { StopsWhenSettled = true, Epochs = 100 },
        "sgd" => Options with { Optimizer = OptimizerKind.Sgd, LearningRate = 0.1f },
        "rmsprop" => Options with { Optimizer = OptimizerKind.RmsProp },
        _ => Options,
    };

    private static void AssertNear(float[] expected, float[] actual, float tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));

    private sealed class Statuses(List<string> statuses) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => statuses.Add(value.Status);
    }
}
