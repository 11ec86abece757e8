using N2D.Autoencoders;

namespace N2D.Tests.Autoencoders;

public sealed class TrainingBudgetTests
{
    private static readonly AutoencoderOptions Plain = new();

    /// <summary>As many rows as pendigits: 43 steps in each epoch, and 6 epochs of at least 256 steps.</summary>
    private const int RowCount = 10_992;

    [Fact]
    public void NeighborhoodsSettle_OnceADoublingOfTheEpochsAddsLittle()
    {
        var budget = new TrainingBudget(Plain, RowCount);
        var shares = Measured(budget, epoch => 1 - (1.0 / epoch));
        var settled = shares.First(last => budget.IsSettled([.. shares.Where(share => share.Epoch <= last.Epoch)]));

        // After 51 epochs, compared with 33: an increase of 1/33 - 1/51 for 0.63 doublings.
        Assert.Equal(51, settled.Epoch);
        Assert.Equal(0.0170, TrainingBudget.GainOf([.. shares.Where(share => share.Epoch <= 51)])!.Value, 4);
        Assert.Equal("at most 96", budget.Limit);
        Assert.Equal("at most 96 epochs", budget.ToString());
    }

    [Fact]
    public void SharesThatKeepIncreasing_RunAllEpochs()
    {
        var budget = new TrainingBudget(Plain, RowCount);
        Assert.False(budget.IsSettled(Measured(budget, epoch => 0.05 * Math.Log2(epoch))));
    }

    [Theory]
    [InlineData(10_992, 0, 6)]
    [InlineData(70_000, 0, 2)]
    [InlineData(1797, 0, 33)]
    [InlineData(10_992, 0.998f, 51)]
    [InlineData(300, 0, null)]
    public void SharesThatNeverIncrease_StopAfterEnoughSteps(int rowCount, float averaging, int? epochs)
    {
        var budget = new TrainingBudget(Plain with { WeightAveraging = averaging }, rowCount);
        var shares = Measured(budget, _ => 0.5);
        Assert.Equal(
            epochs, shares.FirstOrDefault(last => budget.IsSettled([.. shares.Where(share => share.Epoch <= last.Epoch)]))?.Epoch);
    }

    [Fact]
    public void Measurements_GetRarer()
    {
        var budget = new TrainingBudget(Plain, 70_000);
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 27, 33, 41, 51, 63, 78, 97],
            Enumerable.Range(1, 100).Where(budget.IsMeasured));
    }

    [Fact]
    public void EpochsPatienceAndASchedule_FixTheBudget()
    {
        AutoencoderOptions[] fixedOptions =
        [
            Plain with { Epochs = 50 }, Plain with { Patience = 5 }, Plain with { Schedule = LearningRateSchedule.Cosine },
            AutoencoderOptions.Paper(10),
        ];
        int[] epochs = [50, 96, 96, 1000];
        Assert.All(fixedOptions.Zip(epochs), pair =>
        {
            var budget = new TrainingBudget(pair.First, RowCount);
            Assert.Equal($"{pair.Second}", budget.Limit);
            Assert.False(budget.IsSettled(Measured(budget, _ => 0.5)));
            Assert.DoesNotContain(true, Enumerable.Range(1, pair.Second).Select(budget.IsMeasured));
        });
    }

    private static List<PreservedNeighbors> Measured(TrainingBudget budget, Func<int, double> shareAfter) =>
    [
        ..
            from epoch in Enumerable.Range(1, budget.MaxEpochs)
            where budget.IsMeasured(epoch)
            select new PreservedNeighbors(epoch, shareAfter(epoch)),
    ];
}
