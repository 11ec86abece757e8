using N2D.Autoencoders;

namespace N2D.Tests.Autoencoders;

public sealed class TrainingBudgetTests
{
    private static readonly AutoencoderOptions UntilSettled = new() { StopsWhenSettled = true };

    /// <summary>As many rows as pendigits: 43 steps in each epoch, and 6 epochs of at least 256 steps.</summary>
    private const int RowCount = 10_992;

    [Fact]
    public void NeighborhoodsSettle_OnceADoublingOfTheEpochsAddsLittle()
    {
        var budget = new TrainingBudget(UntilSettled, RowCount);
        var shares = Measured(budget, epoch => 1 - (1.0 / (epoch * epoch)));
        var settled = shares.First(last => budget.IsSettled([.. shares.Where(share => share.Epoch <= last.Epoch)]));

        // After 27 epochs, compared with 18: an increase of 1/18² - 1/27² for 0.58 doublings.
        Assert.Equal(27, settled.Epoch);
        Assert.Equal(0.0029, TrainingBudget.GainOf([.. shares.Where(share => share.Epoch <= 27)])!.Value, 4);
        Assert.Equal("at most 96", budget.Limit);
        Assert.Equal("at most 96 epochs", budget.ToString());
    }

    [Fact]
    public void SharesThatKeepIncreasing_RunAllEpochs()
    {
        var budget = new TrainingBudget(UntilSettled, RowCount);
        Assert.False(budget.IsSettled(Measured(budget, epoch => 0.006 * Math.Log2(epoch))));
    }

    [Theory]
    [InlineData(10_992, 0, 6)]
    [InlineData(70_000, 0, 2)]
    [InlineData(1797, 0, 33)]
    [InlineData(10_992, 0.998f, 51)]
    [InlineData(300, 0, null)]
    public void SharesThatNeverIncrease_StopAfterEnoughSteps(int rowCount, float averaging, int? epochs)
    {
        var budget = new TrainingBudget(UntilSettled with { WeightAveraging = averaging }, rowCount);
        var shares = Measured(budget, _ => 0.5);
        Assert.Equal(
            epochs, shares.FirstOrDefault(last => budget.IsSettled([.. shares.Where(share => share.Epoch <= last.Epoch)]))?.Epoch);
    }

    [Fact]
    public void Measurements_GetRarer()
    {
        var budget = new TrainingBudget(UntilSettled, 70_000);
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 27, 33, 41, 51, 63, 78, 97],
            Enumerable.Range(1, 100).Where(budget.IsMeasured));
    }

    [Fact]
    public void GivenEpochs_AreTheMost()
    {
        var budget = new TrainingBudget(UntilSettled with { Epochs = 50 }, RowCount);
        Assert.Equal("at most 50 epochs", budget.ToString());
        Assert.True(budget.IsSettled(Measured(budget, _ => 0.5)));
    }

    [Fact]
    public void WithoutTheOption_AllEpochsAreRun_AndNothingIsMeasured()
    {
        var budget = new TrainingBudget(new AutoencoderOptions(), RowCount);
        Assert.Equal("96", budget.Limit);
        Assert.Equal("1 epoch", new TrainingBudget(new AutoencoderOptions { Epochs = 1 }, RowCount).ToString());
        Assert.DoesNotContain(true, Enumerable.Range(1, 96).Select(budget.IsMeasured));
        Assert.False(budget.IsSettled([]));
    }

    [Fact]
    public void APatienceOrASchedule_IsRefused()
    {
        Assert.All(
            [UntilSettled with { Patience = 5 }, UntilSettled with { Schedule = LearningRateSchedule.Cosine }],
            options =>
            {
                Assert.Equal("ConflictingStops", Assert.Throws<N2DException>(options.ThrowIfUnusable).Id);
                var fit = Assert.Throws<N2DException>(
                    () => Autoencoder.Fit(RandomRows.Uniform(10, 2), options, Execution.Default));
                Assert.Equal("ConflictingStops", fit.Id);
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
