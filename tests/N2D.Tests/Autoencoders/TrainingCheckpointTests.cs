using N2D.Autoencoders;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Tests.Autoencoders;

[Collection(TorchCollection.Name)]
public sealed class TrainingCheckpointTests : IDisposable
{
    private static readonly Matrix Rows = RandomRows.Uniform(500, 12);

    private static readonly AutoencoderOptions Options = new()
    {
        Kind = AutoencoderKind.Denoising,
        HiddenUnits = [30, 20],
        LatentDimension = 3,
        Epochs = 6,
        BatchSize = 64,
        Schedule = LearningRateSchedule.Cosine,
        Dropout = 0.1f,
        WeightAveraging = 0.9f,
        ValidationFraction = 0.2f,
        Patience = 5,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-checkpoint-").FullName;

    private string FilePath => Path.Combine(_folder, "training.safetensors");

    private CheckpointFile AtTheEnd => new(FilePath, TimeSpan.FromHours(1));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.RmsProp)]
    public void AnInterruptedTraining_ComesToTheSameBytes(OptimizerKind optimizer)
    {
        TorchRuntime.EnsureLoaded();
        var options = Options with { Optimizer = optimizer };
        var (whole, codes) = Autoencoder.Fit(Rows, options, Execution.Default);

        // Stopped within an epoch, and again in a later one. Work after the last save is repeated.
        StopAfter(options, batches: 9);
        StopAfter(options, batches: 8);
        var explained = new List<string>();
        var (resumed, resumedCodes) =
            Autoencoder.Fit(Rows, options, Execution.Default with { Explain = explained.Add }, checkpoint: AtTheEnd);

        Assert.Contains(explained, line => line.Contains("resumed from", StringComparison.Ordinal));
        Assert.Equal(codes.Values, resumedCodes.Values);
        Assert.Equal(
            whole.GetHistory().Select(epoch => epoch with { Seconds = 0 }),
            resumed.GetHistory().Select(epoch => epoch with { Seconds = 0 }));
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void ATrainingCanceledInItsValidation_IsSaved_AndComesToTheSameBytes()
    {
        TorchRuntime.EnsureLoaded();
        var (_, codes) = Autoencoder.Fit(Rows, Options, Execution.Default);

        // An epoch has 7 batches, and the second is canceled between its last batch and its validation.
        StopAfter(Options, batches: 14, AtTheEnd);
        var explained = new List<string>();
        var (_, resumedCodes) = Autoencoder.Fit(Rows, Options, Execution.Default with { Explain = explained.Add }, checkpoint: AtTheEnd);
        Assert.Contains(explained, line => line.EndsWith("after 1 epoch and 400 rows.", StringComparison.Ordinal));
        Assert.Equal(codes.Values, resumedCodes.Values);
    }

    /// <summary>A training of 50 steps in each epoch, which stops before its last epoch.</summary>
    private static readonly AutoencoderOptions UntilSettled = new()
    {
        HiddenUnits = [30, 20],
        LatentDimension = 3,
        BatchSize = 10,
        LearningRate = 2e-4f,
        Device = ComputeDevice.Cpu,
        StopsWhenSettled = true,
    };

    [Fact]
    public void AnInterruptedTrainingUntilNeighborhoodsSettle_StopsAfterTheSameEpoch_WithTheSameBytes()
    {
        var explained = new List<string>();
        var (whole, codes) = Autoencoder.Fit(Rows, UntilSettled, Execution.Default with { Explain = explained.Add });
        var epochs = whole.GetHistory().Count;
        Assert.InRange(epochs, 6, 81);
        var end = Assert.Single(explained, line => line.StartsWith("Autoencoder: stopped", StringComparison.Ordinal));
        Assert.Matches($"after {epochs} of at most 82 epochs: the neighborhoods of the codes have settled.", end);

        // Before the first measurement, between the last step of an epoch and its measurement, and within an epoch.
        StopAfter(UntilSettled, batches: 20);
        StopAfter(UntilSettled, batches: 180);
        StopAfter(UntilSettled, batches: 60, AtTheEnd);
        var reports = new List<string>();
        var (resumed, resumedCodes) =
            Autoencoder.Fit(Rows, UntilSettled, Execution.Default with { Progress = new Reports(reports) }, checkpoint: AtTheEnd);
        Assert.Equal(epochs, resumed.GetHistory().Count);
        Assert.Equal(codes.Values, resumedCodes.Values);
        Assert.Contains(reports, report => report.StartsWith($"epoch {epochs} of at most 82, loss", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void TheSameNumberOfEpochs_GivesTheSameBytesAsATrainingUntilNeighborhoodsSettle(int threadCount)
    {
        var (whole, codes) = Autoencoder.Fit(Rows, UntilSettled, new Execution { ThreadCount = threadCount });
        var (_, again) = Autoencoder.Fit(
            Rows, UntilSettled with { Epochs = whole.GetHistory().Count, StopsWhenSettled = false }, Execution.Default);
        Assert.Equal(codes.Values, again.Values);
    }

    [Fact]
    public void AFinishedTraining_IsNotRepeated()
    {
        var (_, codes) = Autoencoder.Fit(Rows, Options, Execution.Default, checkpoint: AtTheEnd);
        var saved = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(FilePath, saved);
        var reports = new List<string>();
        var (_, again) = Autoencoder.Fit(Rows, Options, Execution.Default with { Progress = new Reports(reports) }, checkpoint: AtTheEnd);
        Assert.Equal(codes.Values, again.Values);
        Assert.DoesNotContain(reports, report => report.StartsWith("epoch", StringComparison.Ordinal));
        Assert.Equal(saved, File.GetLastWriteTimeUtc(FilePath));
    }

    [Fact]
    public void AnotherTraining_DoesNotGoOnFromIt_AndLeavesItAlone()
    {
        Autoencoder.Fit(Rows, Options with { Epochs = 1 }, Execution.Default, checkpoint: AtTheEnd);
        var bytes = File.ReadAllBytes(FilePath);
        N2DException Refused(Matrix rows, AutoencoderOptions options) =>
            Assert.Throws<N2DException>(() => Autoencoder.Fit(rows, options, Execution.Default, checkpoint: AtTheEnd));

        Assert.Equal("CheckpointMismatch", Refused(Rows, Options with { Epochs = 1, Seed = 1 }).Id);
        Assert.Equal("CheckpointMismatch", Refused(Rows, Options).Id);
        Assert.Equal("CheckpointMismatch", Refused(RandomRows.Uniform(500, 12, seed: 9), Options with { Epochs = 1 }).Id);
        Assert.Contains("Seed=0", Refused(Rows, Options with { Epochs = 1, Seed = 1 }).Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void ADamagedFile_IsRefused()
    {
        Autoencoder.Fit(Rows, Options with { Epochs = 1 }, Execution.Default, checkpoint: AtTheEnd);
        var bytes = File.ReadAllBytes(FilePath);
        var changed = bytes.ToArray();
        changed[^50] ^= 1;
        foreach (var (damaged, reason) in new[] { (bytes[..^100], "is not a safetensors file, or is damaged"),
        (changed, "does not match its SHA-256 digest") })
        {
            File.WriteAllBytes(FilePath, damaged);
            var error = Assert.Throws<N2DException>(() =>
                Autoencoder.Fit(Rows, Options with { Epochs = 1 }, Execution.Default, checkpoint: AtTheEnd));
            Assert.Equal("CorruptSafetensors", error.Id);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.EndsWith("Use another CheckpointPath to train from the beginning.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ACheckpointOfARunningTraining_IsRefused_AndFreeAgainAfterIt()
    {
        var refused = new List<N2DException>();
        var other = new Calls(report =>
        {
            if (report.StartsWith("epoch", StringComparison.Ordinal))
            {
                refused.Add(Assert.Throws<N2DException>(() => Autoencoder.Fit(Rows, Options, Execution.Default, checkpoint: AtTheEnd)));
            }
        });
        Autoencoder.Fit(Rows, Options with { Epochs = 1 }, Execution.Default with { Progress = other }, checkpoint: AtTheEnd);
        Assert.NotEmpty(refused);
        Assert.All(refused, error => Assert.Equal(
            ("CheckpointInUse", $"The checkpoint '{FilePath}' is in use by a running training. Wait until that ends, or use another "
                + $"CheckpointPath."), (error.Id, error.Message)));
        AtTheEnd.ThrowIfNotUsable();
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void ACheckpoint_IsLockedUnderEachOfItsNames_AndALockFileThatWasLeft_LocksNothing()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), "training.safetensors");
        using (CheckpointLock.Take(FilePath))
        {
            Assert.Equal("CheckpointInUse", Assert.Throws<N2DException>(() => CheckpointLock.Take(Path.Combine(_folder, "link"))).Id);
            using var another = CheckpointLock.Take(FilePath + "2");
            Assert.Equal(3, Directory.GetFiles(_folder).Length);
        }

        Assert.Empty(Directory.GetFiles(_folder, "*.lock"));
        string name;
        using (CheckpointLock.Take(FilePath))
        {
            name = Directory.GetFiles(_folder, "*.lock")[0];
        }

        File.WriteAllText(name, "");
        using (CheckpointLock.Take(FilePath))
        {
            Assert.True(File.Exists(name));
        }

        Assert.False(File.Exists(name));
    }

    [Fact]
    public void OfManyThatLockACheckpointAtOnce_OneHasIt()
    {
        var (holders, most, taken) = (0, 0, 0);
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            try
            {
                using var taking = CheckpointLock.Take(FilePath);
                most = Math.Max(most, Interlocked.Increment(ref holders));
                Interlocked.Increment(ref taken);
                Thread.SpinWait(100);
                Interlocked.Decrement(ref holders);
            }
            catch (N2DException error) when (error.Id == "CheckpointInUse")
            {
            }
        });
        Assert.True(taken > 0);
        Assert.Equal(1, most);
    }

    [Fact]
    public void ACheckpointWithoutPlace_IsRefusedBeforeTheTraining()
    {
        Assert.Equal("FolderNotFound", Assert.Throws<N2DException>(
            () => Autoencoder.Fit(
                Rows, Options, Quiet, checkpoint: new CheckpointFile(Path.Combine(_folder, "none", "a"), TimeSpan.Zero))).Id);
        Assert.Equal("FolderGiven", Assert.Throws<N2DException>(() => Autoencoder.FitToFile(Rows, _folder, Options, Quiet)).Id);
    }

    /// <summary>Fails at the first report of progress.</summary>
    private static Execution Quiet => Execution.Default with { Progress = new Calls(report => Assert.Fail($"It began: {report}.")) };

    /// <summary>Trains some batches, which are saved one by one unless a checkpoint is given, and cancels.</summary>
    private void StopAfter(AutoencoderOptions options, int batches, CheckpointFile? checkpoint = null)
    {
        using var cancellation = new CancellationTokenSource();
        var reports = 0;
        var progress = new Action<string>(status =>
        {
            if (status.StartsWith("epoch", StringComparison.Ordinal) && ++reports == batches)
            {
                cancellation.Cancel();
            }
        });
        var execution = Execution.Default with { CancellationToken = cancellation.Token, Progress = new Calls(progress) };
        var everyBatch = new CheckpointFile(FilePath, TimeSpan.Zero);
        Assert.Throws<OperationCanceledException>(
            () => Autoencoder.Fit(Rows, options, execution, checkpoint: checkpoint ?? everyBatch));
    }

    private sealed class Calls(Action<string> call) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => call(value.Status);
    }

    private sealed class Reports(List<string> reports) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => reports.Add(value.Status);
    }
}
